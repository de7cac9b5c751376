import { rendererOf } from '../../charts/helm-chart.ts';
import { isFromSites, isSite } from '../../derived/charts/helm-repositories.ts';
import type { Delivery } from '../../delivery.ts';
import { isLoopback } from '../../formats/image-reference.ts';
import type { Problem } from '../../problem.ts';
import { helmChartsIn, type HelmChartPlace } from '../place.ts';

/** A site or a folder of a registry, without a slash at its end. */
const address = /^(?<scheme>https?|oci):\/\/(?<place>[^/\s]+(?:\/[^/\s]+)*)$/;

function problemsOf(delivery: Delivery, { path, chart }: HelmChartPlace): readonly Problem[] {
  const renderer = rendererOf(chart);
  if (renderer.kind !== 'engine' || renderer.helmRepository === undefined) return [];
  const { helmRepository: url } = renderer;
  const at = `${path}.renderedBy.helmRepository`;
  const { scheme, place = '' } = address.exec(url)?.groups ?? {};
  if (scheme === undefined || (scheme === 'http' && !isLoopback(place)))
    return [
      {
        path: at,
        message:
          'must be a site of charts or a folder of a registry, without a slash at its end, e.g. "https://charts.example/stable" or "oci://ghcr.io/acme/charts"',
        given: url,
      },
    ];
  const artifact = delivery.artifacts.find(({ name }) => name === chart.artifact);
  const name = artifact?.repository.split('/').at(-1) ?? '';
  return [
    ...(artifact === undefined || artifact.repository === `${place}/${name}`
      ? []
      : [
          {
            path: `artifacts.${artifact.name}.repository`,
            message: `must be where ${at} has the chart, without what stands before "://"; write "${place}/${name}"`,
            given: artifact.repository,
          },
        ]),
    ...(isSite(url) && artifact !== undefined && artifact.allowTagOnly !== true
      ? [
          {
            path: `artifacts.${artifact.name}.allowTagOnly`,
            message: `must be true, because a site of charts vouches for no digest; or push the chart to an OCI registry ("helm push"), and leave ${at} out`,
            given: artifact.allowTagOnly,
          },
        ]
      : []),
  ];
}

/** A chart that goes by its version alone is one that nobody vouches for a digest of. */
const tagOnlyProblems = (delivery: Delivery): readonly Problem[] =>
  delivery.artifacts.flatMap(({ name, kind, allowTagOnly }) =>
    kind === 'chart' && allowTagOnly === true && !isFromSites(delivery, name)
      ? [
          {
            path: `artifacts.${name}.allowTagOnly`,
            message:
              'must be left out: a chart is fetched by its digest alone, unless all who run it take it from a site (renderedBy.helmRepository)',
            given: true,
          },
        ]
      : [],
  );

/** A chart that Flux fetches by its version is where its artifact says, and says that no digest holds it. */
export const helmRepositories = (delivery: Delivery): readonly Problem[] => [
  ...helmChartsIn(delivery).flatMap((place) => problemsOf(delivery, place)),
  ...tagOnlyProblems(delivery),
];
