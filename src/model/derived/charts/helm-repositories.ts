import { rendererOf, type ChartOfEngine } from '../../charts/helm-chart.ts';
import type { Delivery } from '../../delivery.ts';

/** Whether a HelmRepository is a site of charts, which knows versions alone, and no registry. */
export const isSite = (url: string): boolean => /^https?:\/\//.test(url);

/** Where an engine fetches a chart from by its version: the site or folder that it says, or the folder of its own repository, e.g. `oci://ghcr.io/acme/charts`. */
export const chartsAt = (
  { helmRepository }: Pick<ChartOfEngine['renderedBy'], 'helmRepository'>,
  repository: string,
): string => helmRepository ?? `oci://${repository.slice(0, Math.max(0, repository.lastIndexOf('/')))}`;

/**
 * Whether everybody who runs a chart fetches it from a site by its version: nobody vouches for a digest there, so that a release has none of it.
 *
 * @param artifact - name of the chart
 */
export function isFromSites({ environments }: Delivery, artifact: string): boolean {
  const charts = environments
    .flatMap(({ applications }) => applications)
    .flatMap(({ helmCharts = [] }) => helmCharts)
    .filter((chart) => chart.artifact === artifact);
  return (
    charts.length > 0 &&
    charts.every((chart) => {
      const renderer = rendererOf(chart);
      return renderer.kind === 'engine' && renderer.helmRepository !== undefined && isSite(renderer.helmRepository);
    })
  );
}
