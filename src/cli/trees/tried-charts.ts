import { chartTrials } from '../../charts/helm-charts.ts';
import { openTrial } from '../../clients/helm/try-chart.ts';
import { oncePerCause, ProblemsError } from '../../model/problem.ts';
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
