import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { digestOf } from '../../../src/cli/project/digest.ts';
import { KeptObjects } from '../../../src/cli/project/kept-objects.ts';
import { renderAll, settledIn } from '../../../src/cli/trees/rendering.ts';
import type { Environment } from '../../../src/model/environment.ts';
import type { Delivery } from '../../../src/model/delivery.ts';
import { describeProblem, ProblemsError } from '../../../src/model/problem.ts';
import { withToolchains } from '../../../src/model/derived/places/toolchains.ts';
import { problemsOf } from '../../../src/model/validation/validate.ts';
import { checkDelivery } from '../../../src/review/check-environment.ts';
import { describeFinding } from '../../../src/review/checks/finding.ts';
import { SchemaCatalog } from '../../../src/review/schema/schema-catalog.ts';
import { schemaReader } from '../../../src/review/schema/schema-files.ts';
import { everyDelivery } from '../../approved/every-delivery.ts';
import { temporaryFolder } from '../../support/git.ts';
import { settings } from '../../support/settings.ts';
import { validDelivery } from '../../support/valid-delivery.ts';
import { withServices } from '../../systems/change-services.ts';
import { variationsOf } from '../../support/variations.ts';

const packageFolder = '.';

/** A user of this machine, and a project with nothing kept. */
function place(): {
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
function outcomeOf(given: Delivery, objects?: KeptObjects, projectFolder?: string, only?: string): readonly string[] {
  const delivery = withToolchains(given);
  const catalog = new SchemaCatalog(schemaReader(packageFolder, projectFolder));
  const project = { folder: '.', settings, delivery, catalog, ...(objects === undefined ? {} : { objects }) };
  const environments = renderAll(
    project,
    delivery.environments.filter(({ name }) => only === undefined || name === only),
  );
  const findings = checkDelivery({
    delivery,
    catalog,
    environments: environments.map((one) => ({ ...one, ...settledIn(project, one.environment) })),
  });
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
function outcomeOfStart(delivery: Delivery, { open, project }: ReturnType<typeof place>): readonly string[] {
  const objects = open();
  const outcome = outcomeOf(delivery, objects, project);
  objects.save();
  return outcome;
}

/** The bytes of what is kept, and when each file was written. */
const keptIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .sort()
    .map((name) => `${name} ${statSync(join(folder, name)).mtimeMs} ${readFileSync(join(folder, name), 'utf8')}`);

/** Every line of what is kept, in the order of its files. */
const linesIn = (folder: string): readonly string[] =>
  readdirSync(folder).flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'));

/** Names of the services that are kept, of every application. */
const namesIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .flatMap((name) => {
      const [, head = ''] = readFileSync(join(folder, name), 'utf8').split('\n');
      return (JSON.parse(head) as { readonly names: readonly string[] }).names;
    })
    .sort();

/** What it comes to, or why it comes to nothing. */
function orRefused(outcome: () => readonly string[]): readonly string[] {
  try {
    return outcome();
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    return [error.message];
  }
}

/** How many differences of one delivery are tried; more take minutes. `EVERY_CHANGE=1` tries all. */
const mostChanges = process.env['EVERY_CHANGE'] === '1' ? Infinity : 100;

type Changing = Pick<Delivery, 'environments' | 'initialReleases' | 'stages'>;

/** Little differences of its environments, releases and stages that break no rule which was kept before, from all over it, and the environment that differs. */
function changesOf(delivery: Delivery): readonly { readonly changed: Delivery; readonly only: string }[] {
  const { environments, initialReleases, stages } = delivery;
  const broken = new Set(problemsOf(delivery).map(describeProblem));
  const all = [...variationsOf({ environments, initialReleases, stages })].flatMap(({ data }) => {
    const changed = { ...delivery, ...(data as Changing) };
    const stage = changed.stages.find((one, i) => one !== stages[i]);
    const environment = changed.environments.find(
      (one, i) => one !== environments[i] || changed.initialReleases[one.name] !== initialReleases[one.name],
    );
    const only = environment?.name ?? stage?.environment;
    const isWorse = problemsOf(changed).some((problem) => !broken.has(describeProblem(problem)));
    return only === undefined || isWorse ? [] : [{ changed, only }];
  });
  const every = Math.max(1, all.length / mostChanges);
  return all.filter((_, i) => Math.floor(i / every) !== Math.floor((i - 1) / every));
}

describe('what services came to', () => {
  test.each(everyDelivery)('is believed by the next start, and nothing of %s is made anew', (_, delivery) => {
    const here = place();
    const first = outcomeOfStart(delivery, here);
    const kept = keptIn(here.folder);

    expect(outcomeOfStart(delivery, here)).toEqual(first);
    expect(first).toEqual(outcomeOf(delivery));
    // A service that is made is kept, and written.
    expect(keptIn(here.folder)).toEqual(kept);
    const services = delivery.environments.flatMap(({ applications }) => applications.flatMap((it) => it.services));
    expect(namesIn(here.folder)).toEqual(services.map(({ name }) => name).sort());
  });

  test.each(everyDelivery)('is what %s comes to from nothing, whatever changed of it', (_, delivery) => {
    const here = place();
    outcomeOfStart(delivery, here);
    const changes = changesOf(delivery);
    for (const { changed, only } of changes)
      expect(orRefused(() => outcomeOf(changed, here.open(), here.project, only))).toEqual(
        orRefused(() => outcomeOf(changed, undefined, undefined, only)),
      );
    expect(changes.length).toBeGreaterThan(25);
  });

  test('is made anew of what changed, and nothing else', () => {
    const here = place();
    const delivery = validDelivery();
    outcomeOfStart(delivery, here);
    const before = linesIn(here.folder);
    outcomeOfStart(
      withServices(delivery, (service) => (service.name === 'payments' ? { ...service, replicas: 3 } : service)),
      here,
    );
    const after = linesIn(here.folder);

    const made = after.filter((line) => !before.includes(line));
    expect(
      made
        .filter((line) => line.includes('"key"'))
        .map((line) => /"construct":"([^"]*)"/.exec(line)?.[1])
        .sort(),
    ).toEqual(['dev/shop/payments/workload', 'prod/shop/payments/workload']);
    // Of each its objects, their texts, and beside them who signed it all.
    expect(made).toHaveLength(2 * 3);
  });

  test.each<readonly [damage: string, change: (file: string) => void]>([
    [
      'cut off',
      (file) => {
        truncateSync(file, statSync(file).size - 1);
      },
    ],
    [
      'empty',
      (file) => {
        truncateSync(file, 0);
      },
    ],
    [
      'one letter another',
      (file) => {
        writeFileSync(file, readFileSync(file, 'utf8').replace('ClusterIP', 'ClusterIp'));
      },
    ],
    [
      'what is settled another',
      (file) => {
        writeFileSync(file, readFileSync(file, 'utf8').replaceAll('true', 'false'));
      },
    ],
    [
      'no text',
      (file) => {
        writeFileSync(file, randomBytes(4000));
      },
    ],
  ])('is not believed where a file is damaged: %s', (_, change) => {
    const here = place();
    const outcome = outcomeOfStart(validDelivery(), here);
    const kept = keptIn(here.folder).map((file) => file.split(' ')[2]);
    for (const name of readdirSync(here.folder)) change(join(here.folder, name));

    expect(outcomeOfStart(validDelivery(), here)).toEqual(outcome);
    // And mended.
    expect(keptIn(here.folder).map((file) => file.split(' ')[2])).toEqual(kept);
  });

  test('is not believed of another user, of other makers or for another application, though every byte is as it was written', () => {
    const [here, other] = [place(), place()];
    // What somebody would have us believe.
    const wrong = (): void => {
      const objects = other.open();
      const shelf = objects.shelf('dev', 'shop', 'first')!;
      outcomeOf(validDelivery(), objects, other.project);
      const known = shelf.recall('orders')!;
      const [first, ...rest] = known.objects;
      const bad = {
        ...first!,
        object: { ...first!.object, metadata: { ...first!.object.metadata, labels: { bad: 'yes' } } },
      };
      shelf.keep('orders', { ...known, objects: [bad, ...rest] }, ['bad: yes\n', ...rest.map(() => '')]);
      objects.save();
    };
    wrong();
    expect(outcomeOfStart(validDelivery(), other).filter((text) => text.includes('bad: yes'))).toHaveLength(1);

    cpSync(other.folder, here.folder, { recursive: true });
    expect(outcomeOfStart(validDelivery(), here)).toEqual(outcomeOf(validDelivery()));

    expect(outcomeOf(validDelivery(), other.open('other makers'), other.project)).toEqual(outcomeOf(validDelivery()));

    const [dev, prod] = ['dev', 'prod'].map((environment) => digestOf([environment, 'shop', 'first'])!);
    cpSync(join(other.folder, dev!), join(other.folder, prod!));
    expect(outcomeOf(validDelivery(), other.open(), other.project).filter((text) => text.startsWith('prod '))).toEqual(
      outcomeOf(validDelivery()).filter((text) => text.startsWith('prod ')),
    );
  });

  test('is looked at again where a schema was added since, or the environment or the policies are others', () => {
    const here = place();
    const [dev] = validDelivery().environments as [Environment];
    outcomeOfStart(validDelivery(), here);
    const objects = here.open();
    const settledOf = (kept: KeptObjects, place = dev, delivery = validDelivery()): boolean => {
      const { rendered } = renderAll(
        {
          folder: '.',
          settings,
          delivery: validDelivery(),
          catalog: new SchemaCatalog(schemaReader(packageFolder)),
          objects: kept,
        },
        [dev],
      )[0]!;
      const settled = kept.settledIn(delivery, place);
      return rendered.objects.some(({ object }) => settled.has(object));
    };
    expect(settledOf(objects)).toBe(true);
    expect(settledOf(objects, { ...dev, cluster: { ...dev.cluster, capacity: { cpu: '1', memory: '1Gi' } } })).toBe(
      false,
    );
    expect(settledOf(objects, dev, { ...validDelivery(), policies: { cpuLimits: 'forbidden' } })).toBe(false);

    mkdirSync(join(here.project, 'custom-resources'));
    writeFileSync(join(here.project, 'custom-resources', 'example.com.json'), '{"kinds":{},"definitions":{}}');
    expect(settledOf(here.open())).toBe(false);
  });

  test('is kept whole by one of two starts that end at once', () => {
    const here = place();
    const [one, two] = [here.open(), here.open()];
    outcomeOf(validDelivery(), one, here.project);
    outcomeOf(validDelivery(), two, here.project);
    one.save();
    const kept = keptIn(here.folder).map((file) => file.split(' ').slice(2).join(' '));
    two.save();

    expect(keptIn(here.folder).map((file) => file.split(' ').slice(2).join(' '))).toEqual(kept);
    expect(readdirSync(here.folder).filter((name) => name.includes('.'))).toEqual([]);
  });

  test('is made again where nothing can be kept', () => {
    const here = place();
    writeFileSync(here.folder, 'a file in the way');

    expect(outcomeOfStart(validDelivery(), here)).toEqual(outcomeOf(validDelivery()));
  });
});
