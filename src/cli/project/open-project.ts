import * as program from '#project';
import { rendererOf } from '../../model/charts/helm-chart.ts';
import type { Delivery } from '../../model/delivery.ts';
import { withToolchains } from '../../model/derived/places/toolchains.ts';
import { onGitHubOf } from '../../model/formats/host.ts';
import { oncePerCause, ProblemsError, type Problem } from '../../model/problem.ts';
import { missingStackFiles } from '../../model/settings/settings-fit.ts';
import { ownSettingsOf } from '../../model/settings/own-settings.ts';
import { platformStack, readSettings, type ReadSettings, type Settings } from '../../model/settings/settings.ts';
import { problemsOf } from '../../model/validation/validate.ts';
import type { RenderChart } from '../../objects/charts/chart-question.ts';
import { SchemaCatalog } from '../../review/schema/schema-catalog.ts';
import { schemaReader } from '../../review/schema/schema-files.ts';
import { findStackFiles } from '../../settings/read-stack-files.ts';
import { exportedBy, hasConstructs, runProgram } from '../../settings/run-program.ts';
import type { Invocation } from '../command.ts';
import { SeveralFailures } from '../several-failures.ts';
import { noFacts, type KeptFacts } from './kept-facts.ts';
import { KeptObjects } from './kept-objects.ts';

/** A project as the commands see it: its delivery is valid. */
export interface OpenProject {
  /** Absolute folder of `project.ts`. */
  readonly folder: string;
  readonly settings: Settings;
  readonly delivery: Delivery;
  /** Schemas of all kinds, read as they are needed. */
  readonly catalog: SchemaCatalog;
  /** Renders the charts that this program renders, each once. @default - it renders none */
  readonly renderChart?: RenderChart;
  /** What earlier starts found out. @default - nothing is known */
  readonly facts?: KeptFacts;
  /** What earlier starts made of services. @default - all are made */
  readonly objects?: KeptObjects;
  /** Environments whose stack file is broken, so that nothing of theirs can be rendered; for who asked to go on without them alone. @default - none */
  readonly broken?: readonly string[];
}

/** What else is looked at when the delivery breaks a rule, so that it is told at once: it may be of any content, but has its shape. */
export type LookBeside = (delivery: Delivery) => readonly Problem[];

/**
 * Reads the stack files, runs `project.ts` with them, and checks the delivery against every rule of the model.
 *
 * @param beside - told together with the broken rules @default - nothing else
 * @param goOn - takes what is wrong with the stack files of single environments, where the rest is looked at all the same @default - it is thrown
 * @param facts - whether the delivery is known to keep every rule, for a command that shows and does not judge @default - nothing is known
 * @throws ProblemsError with all problems of the stack files, or all of the delivery, or when project.ts says none
 * @throws SeveralFailures with both, as far as a broken stack file has no say in the delivery
 */
export async function openProject(
  invocation: Pick<Invocation, 'projectFolder' | 'packageFolder' | 'kept' | 'atEnd'>,
  beside: LookBeside = () => [],
  goOn?: (reason: Error) => void,
  facts: KeptFacts = noFacts,
): Promise<OpenProject> {
  const { projectFolder: folder, packageFolder } = invocation;
  const { settings, problems, stacks } = configurationIn(folder);
  if (settings === undefined) throw new ProblemsError('the configuration', problems);
  const catalog = new SchemaCatalog(schemaReader(packageFolder, folder));
  if (problems.length > 0) {
    const broken = stacks.filter((stack) => !Object.hasOwn(settings.environments, stack));
    const reason = new ProblemsError('the configuration', problems);
    const { delivery, wrong } = await apartFrom(broken, settings, folder);
    if (goOn === undefined || delivery === undefined || wrong.length > 0) throw bothOf(reason, wrong);
    goOn(reason);
    return { folder, settings, delivery, catalog, facts, broken, ...(await chartsOf(delivery, folder)) };
  }
  const { delivery, problems: broken } = await examined(run(settings, folder), settings, facts);
  const lacking = besides(delivery, (it) => missingStackFiles(withToolchains(it), settings));
  const wrong = [...broken, ...lacking];
  if (wrong.length > 0) throw new ProblemsError('the delivery', oncePerCause([...wrong, ...besides(delivery, beside)]));
  return {
    folder,
    settings,
    delivery: withToolchains(delivery as Delivery),
    catalog,
    facts,
    ...objectsOf(invocation),
    ...(await chartsOf(delivery as Delivery, folder)),
  };
}

/** Where what services come to is kept, and that it is written when the command has ended. */
function objectsOf({
  kept,
  atEnd,
  ...folders
}: Pick<Invocation, 'projectFolder' | 'packageFolder' | 'kept' | 'atEnd'>): Pick<OpenProject, 'objects'> {
  const place = atEnd === undefined ? undefined : kept?.()?.objects;
  if (place === undefined) return {};
  const objects = new KeptObjects(place, folders);
  atEnd?.(() => {
    objects.save();
  });
  return { objects };
}

/** What renders charts, loaded only where any is rendered by this program. */
async function chartsOf(delivery: Delivery, folder: string): Promise<Pick<OpenProject, 'renderChart'>> {
  const isAsked = delivery.environments.some(({ applications }) =>
    applications.some(({ helmCharts = [] }) => helmCharts.some((chart) => rendererOf(chart).kind === 'program')),
  );
  if (!isAsked) return {};
  const { openHelm } = await import('../../clients/helm/open-helm.ts');
  return { renderChart: openHelm(folder) };
}

/** What the stack files say, those that are no YAML left out, and all that is wrong with them. */
function configurationIn(folder: string): ReadSettings & { readonly stacks: readonly string[] } {
  const found = findStackFiles(folder);
  const { settings, problems } = readSettings(found.files, ownSettingsOf(exportedBy(program).ownSettings));
  const stacks = [...Object.keys(found.files), ...found.unread];
  // A file that cannot be read is not missing.
  const others = found.unread.includes(platformStack) ? problems.filter(({ path }) => !isOfPlatform(path)) : problems;
  return { ...(settings === undefined ? {} : { settings }), problems: [...found.problems, ...others], stacks };
}

const isOfPlatform = (path: string): boolean => path.startsWith(`Pulumi.${platformStack}.yaml`);

/** What project.ts says with these settings. */
const run = (settings: Settings, folder: string): unknown =>
  onGitHubOf(runProgram(exportedBy(program).default, settings, folder), settings.platform.github.baseUrl);

/** What the program returned, with what its constructs make, and all that is wrong with it. What asks constructs is loaded only then. */
async function examined(
  returned: unknown,
  settings?: Settings,
  facts: KeptFacts = noFacts,
): Promise<{ readonly delivery: unknown; readonly problems: readonly Problem[] }> {
  if (!hasConstructs(returned)) {
    if (facts.isKnown(keepsEveryRule, returned, settings)) return { delivery: returned, problems: [] };
    const problems = problemsOf(returned, settings);
    if (problems.length === 0) facts.learn(keepsEveryRule, returned, settings);
    return { delivery: returned, problems };
  }
  const { wholeDelivery } = await import('../../charts/whole-delivery.ts');
  return wholeDelivery(returned, settings);
}

const keepsEveryRule = 'keeps every rule of the model:';

/** What is looked at beside broken rules, as far as they let it. */
function besides(delivery: unknown, beside: LookBeside): readonly Problem[] {
  try {
    return beside(delivery as Delivery);
  } catch {
    // It relies on what the rules see to, and one of them is broken, and told.
    return [];
  }
}

/** What is wrong with the delivery and has nothing to do with the stack files that are broken; and the delivery, where it can be told. */
async function apartFrom(
  broken: readonly string[],
  settings: Settings,
  folder: string,
): Promise<{ readonly delivery?: Delivery; readonly wrong: readonly Problem[] }> {
  let returned: unknown;
  try {
    returned = run(settings, folder);
  } catch {
    // It may throw for the very setting that is missing; once the file is mended, it is told.
    return { wrong: [] };
  }
  const { delivery, problems } = await examined(returned);
  // What another environment has in common with one of theirs names that one in its message.
  const wrong = problems.filter(({ path, message }) => !broken.some((name) => isToldOf(name, `${path} ${message}`)));
  return wrong.length > 0 ? { wrong } : { delivery: withToolchains(delivery as Delivery), wrong };
}

/** Whether a text names the environment, or what is in it. */
const isToldOf = (environment: string, text: string): boolean =>
  ['environments', 'initialReleases', 'toolchains'].some((list) => {
    const named = `${list}.${environment}`;
    return text.split(/[\s,;:]/).some((word) => word === named || word.startsWith(`${named}.`));
  });

const bothOf = (configuration: ProblemsError, delivery: readonly Problem[]): Error =>
  delivery.length === 0
    ? configuration
    : new SeveralFailures([configuration, new ProblemsError('the delivery', oncePerCause(delivery))]);
