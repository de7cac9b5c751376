import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { KeptObjects } from '../../../src/cli/project/kept-objects.ts';
import { checkRendered, renderAll } from '../../../src/cli/trees/rendering.ts';
import type { Delivery } from '../../../src/model/delivery.ts';
import { ProblemsError } from '../../../src/model/problem.ts';
import { withToolchains } from '../../../src/model/derived/places/toolchains.ts';
import { describeFinding } from '../../../src/review/checks/finding.ts';
import { SchemaCatalog } from '../../../src/review/schema/schema-catalog.ts';
import { schemaReader } from '../../../src/review/schema/schema-files.ts';
import { temporaryFolder } from '../../support/git.ts';
import { settings } from '../../support/settings.ts';

/** Holds the schemas. */
export const packageFolder = '.';

/** A user of this machine, and a project with nothing kept. */
export function startingPlace(): {
  readonly open: (makers?: string) => KeptObjects;
  readonly folder: string;
  readonly project: string;
} {
  const home = temporaryFolder();
  const project = temporaryFolder();
  const folder = join(project, 'objects');
  const env = { XDG_CACHE_HOME: home };
  return {
    folder,
    project,
    open: (makers = 'the makers') =>
      new KeptObjects({ folder, makers }, { packageFolder, projectFolder: project }, env),
  };
}

/** What a delivery, or one environment of it, comes to: every file, every object and every finding. */
export function outcomeOf(
  given: Delivery,
  objects?: KeptObjects,
  projectFolder?: string,
  only?: string,
): readonly string[] {
  const delivery = withToolchains(given);
  const catalog = new SchemaCatalog(schemaReader(packageFolder, projectFolder));
  const project = { folder: '.', settings, delivery, catalog, ...(objects === undefined ? {} : { objects }) };
  const environments = renderAll(
    project,
    delivery.environments.filter(({ name }) => only === undefined || name === only),
  );
  const findings = checkRendered(project, environments);
  return [
    ...environments.flatMap(({ rendered: { environment, files, objects: all, fields } }) => [
      ...[...files].map(([path, text]) => `${environment} ${path}\n${text}`),
      ...all.map((one) => JSON.stringify(one)),
      ...[...(fields ?? [])].map((field) => JSON.stringify(field)),
    ]),
    ...findings.map(describeFinding),
  ];
}

/** What a start makes of a delivery with what was kept, which it keeps for the next one. */
export function outcomeOfStart(
  delivery: Delivery,
  { open, project }: ReturnType<typeof startingPlace>,
): readonly string[] {
  const objects = open();
  const outcome = outcomeOf(delivery, objects, project);
  objects.save();
  return outcome;
}

/** The bytes of what is kept, and when each file was written. */
export const keptIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .sort()
    .map((name) => `${name} ${statSync(join(folder, name)).mtimeMs} ${readFileSync(join(folder, name), 'utf8')}`);

/** Every line of what is kept, in the order of its files. */
export const linesIn = (folder: string): readonly string[] =>
  readdirSync(folder).flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'));

/** What it comes to, or why it comes to nothing. */
export function orRefused(outcome: () => readonly string[]): readonly string[] {
  try {
    return outcome();
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    return [error.message];
  }
}
