import { chartTrials } from '../../charts/helm-charts.ts';
import { openTrial } from '../../clients/helm/try-chart.ts';
import { oncePerCause, ProblemsError } from '../../model/problem.ts';
import { applicationsOf, type Unit } from '../../model/derived/units.ts';
import { environmentOf } from '../../model/delivery.ts';
import { readBranch } from '../../ops/branch/branch-state.ts';
import type { OpsContext } from '../../ops/ops-context.ts';
import { wholeRelease } from '../../ops/release/release-record.ts';
import type { OpenProject } from '../project/open-project.ts';
import type { Rendering } from './rendering.ts';

/**
 * Has Helm render the charts that engines render, at the releases of the renderings.
 *
 * @returns how many were tried
 * @throws ProblemsError with all that is wrong with their values, their kinds and the images that they pin
 */
export function tryCharts(
  { delivery, folder }: OpenProject,
  renderings: readonly Pick<Rendering, 'environment' | 'release'>[],
): number {
  const tried = openTrial(folder);
  const trials = renderings.flatMap(({ environment, release }) =>
    environment.applications.flatMap((application) =>
      chartTrials(delivery, environment, application, release(application.name)),
    ),
  );
  const problems = trials.flatMap(tried);
  if (problems.length > 0) throw new ProblemsError('the delivery', oncePerCause(problems));
  return trials.length;
}

/**
 * Has Helm render the charts of a unit that its engine renders, at the release that a commit of its branch records.
 *
 * @returns how many were tried
 * @throws ProblemsError as {@link tryCharts} does
 */
export async function tryChartsAt(
  project: OpenProject,
  { repository }: OpsContext,
  unit: Unit,
  commit: string,
): Promise<number> {
  const state = await readBranch(repository, project.delivery, unit, commit);
  if (state.kind !== 'ours') return 0;
  const release = wholeRelease(state.record.applications);
  const environment = environmentOf(project.delivery, unit.environment);
  const own = { ...environment, applications: applicationsOf(environment, unit) };
  return tryCharts(project, [{ environment: own, release: () => release }]);
}
