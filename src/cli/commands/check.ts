import { repositoryHolding } from '../../model/delivery.ts';
import { checkWorkflows } from '../../model/derived/supply-checks.ts';
import { relative } from 'node:path';
import type { Define, Invocation } from '../command.ts';
import { isExpected } from '../misuse.ts';
import { SeveralFailures } from '../several-failures.ts';
import type { Environment } from '../../model/environment.ts';
import { ProblemsError } from '../../model/problem.ts';
import type { EnvironmentToCheck } from '../../review/check-environment.ts';
import { FindingsError } from '../../review/checks/finding.ts';
import { lackingCredentials } from '../../workflows/lacking-credentials.ts';
import { repositoryWorkflows } from '../../workflows/workflows-of.ts';
import { openProject, type OpenProject } from '../project/open-project.ts';
import { checkRendered, renderAll, renderedTexts, summarizeRenderings, type Rendering } from '../trees/rendering.ts';
import { withExamples } from '../arguments/with-examples.ts';
import { uncallableIn } from '../trees/called-workflows.ts';
import { differingWorkflows, expectedIn, hasWorkflows, type ExpectedWorkflow } from '../trees/workflow-files.ts';

/**
 * `portolan check`: every rule of the model and every check of the rendered objects; writes nothing. Beside an ops repository it also
 * says what publishing there would have to re-create.
 */
export const define: Define = (command, act) => {
  withExamples(
    command
      .option(
        '--ops <url>',
        'path or URL of the ops repository to check against, each environment at the release it runs (default: none)',
      )
      .option(
        '--charts',
        'also have Helm render the charts that engines render, and hold their values to their schemas and what they make to their kinds (asks registries)',
      )
      .option(
        '--twice',
        'also do it all a second time, at another hour, and say where the program asks disk, clock, chance or environment',
      ),
    'check',
    'check --charts',
    'check --twice',
    'check --ops .portolan/ops.git',
  ).action(
    act(async (context, options: { readonly ops?: string; readonly charts?: boolean; readonly twice?: boolean }) => {
      const { terminal } = context;
      const stopped = new Stops();
      // What is done twice is done of nothing that was kept, both times.
      const { kept: _, ...forgetful } = context;
      const project = await terminal.step('rules of the model', () =>
        openProject(options.twice === true ? forgetful : context, lackingCredentials, (reason) =>
          stopped.reasons.push(reason),
        ),
      );
      const { delivery, broken = [] } = project;
      const { ops: address } = options;
      const beside = address === undefined ? undefined : await stopped.at(() => besideBranches(project, address));
      const rendering = async (environment: Environment): Promise<readonly (EnvironmentToCheck & Rendering)[]> =>
        (beside === undefined ? undefined : await stopped.at(async () => [await beside(environment)])) ??
        (await stopped.at(() => renderAll(project, [environment]))) ??
        [];
      const environments = await terminal.step(
        'render every environment',
        async () =>
          (await Promise.all(delivery.environments.filter(({ name }) => !broken.includes(name)).map(rendering))).flat(),
        summarizeRenderings,
      );
      const findings = await terminal.step(
        'checks of the rendered objects',
        () => checkRendered(project, environments),
        (all) => (all.length === 0 ? 'nothing found' : `${all.length} found`),
      );
      if (options.charts === true)
        await terminal.step(
          'charts that engines render',
          () => stopped.at(async () => (await import('../trees/tried-charts.ts')).tryCharts(project, environments)),
          (count) => (count === undefined ? 'not as they are to be' : `${count} tried`),
        );
      if (options.twice === true && broken.length === 0)
        await terminal.step('everything a second time', async () => {
          await stopped.at(() => doTwice(context, project));
        });
      // What an environment's file says may be in a workflow.
      const differing = broken.length > 0 ? [] : ((await stopped.at(() => differingIn(project))) ?? []);
      const uncallable = uncallableHere(project);
      const workflows = differing.map(({ file }) => relative(process.cwd(), file));
      const found = findings.length === 0 ? [] : [new FindingsError(delivery.name, findings)];
      if (stopped.reasons.length > 0) throw new SeveralFailures([...found, ...stopped.reasons]);
      terminal.result({ findings, workflows, uncallable });
      if (!terminal.json) for (const error of found) throw error;
      for (const file of workflows)
        terminal.say(`${file} is not as generated; mend it with: npx portolan workflows --write`);
      for (const line of uncallable) terminal.say(line);
      for (const { check, object, reason } of delivery.exceptions ?? [])
        terminal.say(`${object} may break the check "${check}": ${reason}`);
      const count = findings.length + workflows.length + uncallable.length;
      if (count === 0) terminal.say('Nothing to mend.');
      return count === 0;
    }),
  );
};

/** Renders environments beside what an ops repository holds of them. What asks Git and the host is loaded only then. */
async function besideBranches(
  project: OpenProject,
  address: string,
): Promise<(environment: Environment) => Promise<EnvironmentToCheck & Rendering>> {
  const [{ openOps }, { besidePublished }] = await Promise.all([
    import('../open/open-ops.ts'),
    import('../trees/compared-trees.ts'),
  ]);
  const ops = await openOps(project, { address });
  return (environment) => besidePublished(project, ops, environment);
}

/**
 * Loads and runs the program and renders everything once more, with somebody who listens to what it asks.
 *
 * @throws ProblemsError where it asks what is not the same everywhere, or writes something else than before
 */
async function doTwice(context: Invocation, first: OpenProject): Promise<void> {
  const [{ askedDuring }, { loadAnew }] = await Promise.all([
    import('../../settings/asked-during.ts'),
    import('../trees/load-anew.ts'),
  ]);
  const before = renderedTexts(first);
  const load = await loadAnew(context);
  const { result: after, problems } = await askedDuring(async () => {
    const { writtenByProgram } = await load();
    return writtenByProgram(context);
  }, context);
  const differing = [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => before.get(path) !== after.get(path))
    .map((path) => ({
      path,
      message:
        'is another text the second time; use nothing but the settings and what place gives, at the top of a file and in a library too',
    }));
  // Where it is known what is asked, the bytes are only its consequence.
  const told = problems.length > 0 ? problems : differing;
  if (told.length > 0) throw new ProblemsError('the program', told);
}

/** What keeps a part of the check from being done; the rest is done all the same, and all of it is told. */
class Stops {
  readonly reasons: Error[] = [];

  /** What some work gives; nothing when it stops for a reason that people can mend. */
  async at<T>(work: () => T | Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (!isExpected(error)) throw error;
      if (!this.reasons.some(({ message }) => message === error.message)) this.reasons.push(error);
      return undefined;
    }
  }
}

/** Workflows of the program's own repository that are committed otherwise than this program generates them. */
function differingIn({ delivery, folder }: OpenProject): readonly ExpectedWorkflow[] {
  const program = repositoryHolding(delivery, 'program');
  const lacking = lackingCredentials(delivery);
  if (lacking.length > 0) throw new ProblemsError('the delivery', lacking);
  const files = program === undefined ? undefined : repositoryWorkflows(delivery)[program.name];
  return files === undefined || !hasWorkflows(folder) ? [] : differingWorkflows(expectedIn(folder, files));
}

/** Why builds could not call the workflows that check the source, where the program's own repository holds it. */
function uncallableHere({ delivery, folder }: OpenProject): readonly string[] {
  const program = repositoryHolding(delivery, 'program');
  const here = checkWorkflows(delivery).filter(({ repository }) => repository === program);
  return hasWorkflows(folder) ? uncallableIn(folder, here) : [];
}
