import type { Artifact } from '../../artifact.ts';
import { schemesOfBuilds } from '../../derived/built-versions.ts';
import { packagedChartsOf } from '../../derived/charts/packaged-charts.ts';
import type { Delivery } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';
import type { Supply } from '../../supply.ts';

/** Files that a chart and its values are read from, and the version that it gets: what `helm package` and `helm push` take. */
export function packagedCharts(delivery: Delivery): readonly Problem[] {
  const artifacts = new Map(delivery.artifacts.map((artifact) => [artifact.name, artifact]));
  return delivery.supplies.flatMap((supply) => {
    const charts = packagedChartsOf(supply);
    if (charts.length === 0) return [];
    return [
      ...charts.flatMap(({ artifact }, i) =>
        artifactProblems(`supplies.${supply.name}.builder.charts[${i}].artifact`, artifacts.get(artifact), supply),
      ),
      ...versionProblems(delivery, supply),
      ...mergedProblems(supply),
    ];
  });
}

function artifactProblems(path: string, artifact: Artifact | undefined, supply: Supply): readonly Problem[] {
  // A name that nothing has is another rule's.
  if (artifact === undefined) return [];
  const { name, kind, scheme, pins } = artifact;
  if (kind !== 'chart')
    return [
      { path, message: 'must name an artifact of kind "chart"; an image is built, as one of images', given: name },
    ];
  const images = supply.builder.kind === 'githubActions' ? supply.builder.images : [];
  return [
    ...(scheme.kind === 'semver' && (scheme.prefix ?? '') !== ''
      ? [
          {
            path: `artifacts.${name}.scheme.prefix`,
            message:
              'must be left out for a chart that a workflow packages, because Helm puts nothing before a version',
            given: scheme.prefix,
          },
        ]
      : []),
    ...(pins === undefined || images.some((image) => image.artifact === pins)
      ? []
      : [
          {
            path: `artifacts.${name}.pins`,
            message: `must be built with the chart, so that both get one version; write { artifact: "${pins}", context: "." } in supplies.${supply.name}.builder.images`,
            given: pins,
          },
        ]),
  ];
}

/** A chart is given the version that the build decides; a commit is none. */
function versionProblems(delivery: Delivery, supply: Supply): readonly Problem[] {
  if (schemesOfBuilds(delivery, supply).length > 0) return [];
  const others = delivery.artifacts.filter(
    ({ name, scheme }) => supply.artifacts.includes(name) && scheme.kind !== 'semver',
  );
  return others.map(({ name, scheme }) => ({
    path: `artifacts.${name}.scheme.kind`,
    message: `must be "semver", because supplies.${supply.name} gives its charts the version of all that it builds, and a chart's is a semantic one; or build it by another supply`,
    given: scheme.kind,
  }));
}

/** A version is made once, of what was merged. */
const mergedProblems = ({ name, buildsUnmerged }: Supply): readonly Problem[] =>
  buildsUnmerged === true
    ? [
        {
          path: `supplies.${name}.buildsUnmerged`,
          message:
            'must be left out where charts are packaged: a version of a chart is made once, of merged code; a pull request among the triggers tries what is not merged, and publishes nothing',
          given: buildsUnmerged,
        },
      ]
    : [];
