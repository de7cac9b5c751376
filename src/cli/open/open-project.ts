import project from '#project';
import type { Delivery } from '../../model/delivery.ts';
import { onGitHubOf } from '../../model/host.ts';
import { oncePerCause, ProblemsError, type Problem } from '../../model/problem.ts';
import { missingStackFiles } from '../../model/settings/settings-fit.ts';
import { readSettings, type Settings } from '../../model/settings/settings.ts';
import { problemsOf } from '../../model/validate.ts';
import { SchemaCatalog } from '../../review/schema/schema-catalog.ts';
import { schemaReader } from '../../review/schema/schema-files.ts';
import { readStackFiles } from '../../settings/read-stack-files.ts';
import { runProgram } from '../../settings/run-program.ts';
import type { Invocation } from '../command.ts';
import { SeveralFailures } from '../several-failures.ts';

/** A project as the commands see it: its delivery is valid. */
export interface OpenProject {
  /** Absolute folder of `project.ts`. */
  readonly folder: string;
  readonly settings: Settings;
  readonly delivery: Delivery;
  /** Schemas of all kinds, read as they are needed. */
  readonly catalog: SchemaCatalog;
}

/** What else is looked at when the delivery breaks a rule, so that it is told at once: it may be of any content, but has its shape. */
export type LookBeside = (delivery: Delivery) => readonly Problem[];

/**
 * Reads the stack files, runs `project.ts` with them, and checks the delivery against every rule of the model.
 *
 * @param beside - told together with the broken rules @default - nothing else
 * @throws ProblemsError with all problems of the stack files, or all of the delivery, or when project.ts says none
 * @throws SeveralFailures with both, as far as a broken stack file has no say in the delivery
 */
export function openProject(
  { projectFolder: folder, packageFolder }: Pick<Invocation, 'projectFolder' | 'packageFolder'>,
  beside: LookBeside = () => [],
): OpenProject {
  const files = readStackFiles(folder);
  const { settings, problems } = readSettings(files);
  if (settings === undefined) throw new ProblemsError('the configuration', problems);
  if (problems.length > 0) {
    const broken = Object.keys(files).filter((stack) => !Object.hasOwn(settings.environments, stack));
    throw bothOf(new ProblemsError('the configuration', problems), apartFrom(broken, settings, folder));
  }
  const delivery = run(settings, folder);
  const lacking = besides(delivery, (it) => missingStackFiles(it, settings));
  const wrong = [...problemsOf(delivery, settings), ...lacking];
  if (wrong.length > 0) throw new ProblemsError('the delivery', oncePerCause([...wrong, ...besides(delivery, beside)]));
  return {
    folder,
    settings,
    delivery: delivery as Delivery,
    catalog: new SchemaCatalog(schemaReader(packageFolder)),
  };
}

/** What project.ts says with these settings. */
const run = (settings: Settings, folder: string): unknown =>
  onGitHubOf(runProgram(project, settings, folder), settings.platform.github.baseUrl);

/** What is looked at beside broken rules, as far as they let it. */
function besides(delivery: unknown, beside: LookBeside): readonly Problem[] {
  try {
    return beside(delivery as Delivery);
  } catch {
    // It relies on what the rules see to, and one of them is broken, and told.
    return [];
  }
}

/** What is wrong with the delivery and has nothing to do with the stack files that are broken. */
function apartFrom(broken: readonly string[], settings: Settings, folder: string): readonly Problem[] {
  let delivery: unknown;
  try {
    delivery = run(settings, folder);
  } catch {
    // It may throw for the very setting that is missing; once the file is mended, it is told.
    return [];
  }
  const places = broken.flatMap((name) => [`environments.${name}`, `initialReleases.${name}`]);
  return problemsOf(delivery).filter(
    ({ path }) => !places.some((place) => path === place || path.startsWith(`${place}.`)),
  );
}

const bothOf = (configuration: ProblemsError, delivery: readonly Problem[]): Error =>
  delivery.length === 0
    ? configuration
    : new SeveralFailures([configuration, new ProblemsError('the delivery', oncePerCause(delivery))]);
