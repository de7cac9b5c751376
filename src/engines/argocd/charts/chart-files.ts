import { chartsAt } from '../../../model/derived/charts/helm-repositories.ts';
import { chartVersion } from '../../../objects/charts/chart-version.ts';
import type { ChartFile } from '../../../objects/files/chart-file.ts';
import type { ChartAtVersion } from '../../chart-at-version.ts';

/** Version of the chart around the one that runs. Nobody asks for it, and it stays, so that a promotion changes one line. */
const ownVersion = '0.0.0';

/**
 * A chart that has the one of the release as its only dependency, at its very version, and that one's values. Argo CD takes a folder with a
 * `Chart.yaml` for a chart, fetches what it depends on, and renders it.
 *
 * There is no `Chart.lock`: the version is no range, so that nothing is left to look up, and a lock would be a second line to move.
 *
 * @see https://helm.sh/docs/topics/charts/#chart-dependencies
 */
export function chartFiles({ chart, renderedBy, version }: ChartAtVersion): readonly ChartFile[] {
  const { artifact, values = {} } = chart;
  const name = version.repository.split('/').at(-1) ?? '';
  const repository = chartsAt(renderedBy, version.repository);
  const said = chartVersion(version.tag);
  return [
    {
      name: 'Chart.yaml',
      content: {
        apiVersion: 'v2',
        name,
        version: ownVersion,
        dependencies: [{ name, version: said, repository }],
      },
      // Where a version is spelled in another way here than in a release, nobody else could move it and be understood.
      fields:
        said === version.tag ? [{ kind: 'value', artifact, path: ['dependencies', 0, 'version'], carries: 'tag' }] : [],
    },
    { name: 'values.yaml', content: { [name]: values }, fields: [] },
  ];
}
