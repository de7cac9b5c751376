import type { Artifact } from '../../artifact.ts';
import { helmReleaseName } from '../../names.ts';
import { isMovedByKargo } from '../../derived/kargo/moved-by-kargo.ts';
import type { Delivery } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';
import { containersIn, helmChartsIn, stagePath, type HelmChartPlace } from '../place.ts';
import { checkName } from '../reference/known-names.ts';

/** What Helm takes as the name of a release. */
const releaseName = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** Characters that Helm leaves for the name of a release. */
const mostOfName = 53;

function nameProblems({ path, environment, chart }: HelmChartPlace): readonly Problem[] {
  const name = helmReleaseName(environment, chart);
  if (!releaseName.test(name))
    return [
      {
        path: `${path}.name`,
        message: 'must be lower-case letters, digits and dashes, as the name of a release of Helm',
        given: chart.name,
      },
    ];
  return name.length <= mostOfName
    ? []
    : [
        {
          path: `${path}.name`,
          message: `may have ${mostOfName} characters with the environment's prefix, because Helm takes no more, and has ${name.length}; shorten it`,
          given: name,
        },
      ];
}

function artifactProblems(
  { path, environment, chart }: HelmChartPlace,
  artifacts: ReadonlyMap<string, Artifact>,
  { initialReleases }: Delivery,
): readonly Problem[] {
  const artifact = artifacts.get(chart.artifact);
  if (artifact === undefined) return checkName(`${path}.artifact`, 'artifact', chart.artifact, artifacts.keys());
  if (artifact.kind !== 'chart')
    return [
      {
        path: `${path}.artifact`,
        message: `must name an artifact of kind "chart", and ${artifact.name} is of another`,
        given: artifact.kind,
      },
    ];
  const first = initialReleases[environment.name]?.images[artifact.name];
  return first === undefined || first.digest !== undefined || artifact.allowTagOnly === true
    ? []
    : [
        {
          path: `initialReleases.${environment.name}.images.${artifact.name}.digest`,
          message: `is missing: a chart is fetched by its digest alone; write what \`helm pull oci://${artifact.repository} --version ${first.tag}\` says`,
        },
      ];
}

/** Two charts of one release would take each other's objects away. */
function twice(places: readonly HelmChartPlace[]): readonly Problem[] {
  const known = new Map<string, string>();
  return places.flatMap(({ path, environment, chart }): readonly Problem[] => {
    const key = `${environment.name}/${chart.name}`;
    const first = known.get(key);
    known.set(key, first ?? path);
    return first === undefined
      ? []
      : [
          {
            path: `${path}.name`,
            message: `is the release of Helm that ${first} is; give one another name`,
            given: chart.name,
          },
        ];
  });
}

/** Charts run at versions of their own artifacts, under names that Helm takes; containers run images, and builders build them. */
export function helmCharts(delivery: Delivery): readonly Problem[] {
  const artifacts = new Map(delivery.artifacts.map((artifact) => [artifact.name, artifact]));
  const isChart = (name: string): boolean => artifacts.get(name)?.kind === 'chart';
  const places = helmChartsIn(delivery);
  return [
    ...places.flatMap((place) => [...nameProblems(place), ...artifactProblems(place, artifacts, delivery)]),
    ...twice(places),
    ...containersIn(delivery).flatMap(({ path, container: { image } }) =>
      typeof image === 'string' || !isChart(image.artifact)
        ? []
        : [
            {
              path: `${path}.image`,
              message: 'must name an artifact of kind "image": a chart runs as one of helmCharts',
              given: image.artifact,
            },
          ],
    ),
    ...delivery.supplies.flatMap(({ name, builder }) =>
      builder.kind !== 'githubActions'
        ? []
        : builder.images.flatMap(({ artifact }, i) =>
            isChart(artifact)
              ? [
                  {
                    path: `supplies.${name}.builder.images[${i}].artifact`,
                    message: 'must name an artifact of kind "image", which the workflow builds; a chart is none',
                    given: artifact,
                  },
                ]
              : [],
          ),
    ),
    ...delivery.stages.flatMap((stage) =>
      isMovedByKargo(stage) &&
      places.some(
        ({ environment, application }) =>
          environment.name === stage.environment && application.name === stage.application,
      )
        ? [
            {
              path: `${stagePath(stage)}.promoter.kind`,
              message: `is not carried out yet for charts, and ${stage.application} runs one; leave the promoter out, so that workflows and people move them`,
              given: 'kargo',
            },
          ]
        : [],
    ),
  ];
}
