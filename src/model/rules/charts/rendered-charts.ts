import { rendererOf, type ChartRenderer } from '../../charts/helm-chart.ts';
import { stageOf, type Delivery } from '../../delivery.ts';
import { isPackaged } from '../../derived/charts/packaged-charts.ts';
import { isImageRepository } from '../../formats/image-reference.ts';
import type { Problem } from '../../problem.ts';
import { helmChartsIn, type HelmChartPlace } from '../place.ts';

/** A kind with its group, e.g. `Deployment.apps`, or without one, e.g. `Service`. */
const kindAndGroup = /^[A-Z][A-Za-z0-9]*(?:\.[a-z0-9]([-a-z0-9.]*[a-z0-9])?)?$/;

/** Kinds that live in no namespace, in which an account of one may make nothing. */
const ofCluster =
  /^(?:Cluster[A-Z].*|CustomResourceDefinition|Namespace|Node|PersistentVolume|StorageClass|IngressClass|PriorityClass|RuntimeClass|APIService|CSIDriver|(?:Mutating|Validating)(?:WebhookConfiguration|AdmissionPolicy|AdmissionPolicyBinding))(?:\.|$)/;

/** Longest that Flux waits for one try, in minutes. */
const mostMinutes = 60;

function problemsOf(path: string, renderer: ChartRenderer): readonly Problem[] {
  const at = `${path}.renderedBy`;
  if (renderer.kind === 'program')
    return (['withoutHooks', 'withoutDefinitions'] as const).flatMap((key) =>
      renderer[key]?.trim() === ''
        ? [{ path: `${at}.${key}`, message: 'must say why, or who does instead', given: renderer[key] }]
        : [],
    );
  const { kinds, timeoutMinutes, retries } = renderer;
  return [
    ...(kinds.length > 0
      ? []
      : [
          {
            path: `${at}.kinds`,
            message:
              'must name the kinds that the chart makes, with their group, e.g. ["Deployment.apps", "Service"]: no other may be made',
            given: [],
          },
        ]),
    ...kinds.flatMap((kind, i): readonly Problem[] => {
      if (!kindAndGroup.test(kind))
        return [
          { path: `${at}.kinds[${i}]`, message: 'must be a kind with its group, e.g. "Deployment.apps"', given: kind },
        ];
      return ofCluster.test(kind)
        ? [
            {
              path: `${at}.kinds[${i}]`,
              message:
                'belongs to the whole cluster, and the account of a chart may change its namespace alone; have who keeps the cluster make it, and tell the chart in its values to leave it out',
              given: kind,
            },
          ]
        : [];
    }),
    ...(timeoutMinutes === undefined ||
    (Number.isInteger(timeoutMinutes) && timeoutMinutes >= 1 && timeoutMinutes <= mostMinutes)
      ? []
      : [
          {
            path: `${at}.timeoutMinutes`,
            message: `must be a whole number of minutes, 1 to ${mostMinutes}`,
            given: timeoutMinutes,
          },
        ]),
    ...(retries === undefined || (Number.isInteger(retries) && retries >= 0 && retries <= 10)
      ? []
      : [{ path: `${at}.retries`, message: 'must be a whole number, 0 to 10', given: retries }]),
  ];
}

/** Whether Argo CD follows the application of a chart: it does so too where no stage says who does. */
const isOfArgo = (delivery: Delivery, { environment, application }: HelmChartPlace): boolean =>
  (stageOf(delivery, environment.name, application.name)?.engine.kind ?? 'argocd') === 'argocd';

/** What Argo CD would not do: it makes a chart's objects as it makes all others, and knows nothing of Helm's times and tests. */
function ofArgo(path: string, renderer: ChartRenderer): readonly Problem[] {
  if (renderer.kind === 'program') return [];
  const { kinds, test = false } = renderer;
  const at = `${path}.renderedBy`;
  return [
    ...(test
      ? [
          {
            path: `${at}.test`,
            message: 'is nothing that Argo CD does; leave it out, or have Flux follow',
            given: test,
          },
        ]
      : []),
    ...(['timeoutMinutes', 'retries'] as const).flatMap((key) =>
      renderer[key] === undefined
        ? []
        : [
            {
              path: `${at}.${key}`,
              message: 'is nothing that Argo CD takes of a chart: it tries again by itself; leave it out',
              given: renderer[key],
            },
          ],
    ),
    ...kinds.flatMap((kind, i) =>
      kind === 'Secret'
        ? [
            {
              path: `${at}.kinds[${i}]`,
              message:
                'is nothing that Argo CD may make here, because a prune would delete one; declare a credential, and name its Secret in values',
              given: kind,
            },
          ]
        : [],
    ),
  ];
}

/** What a chart says of the image in it is looked at where a workflow packages it, and where this program renders it. */
function pinProblems(delivery: Delivery): readonly Problem[] {
  const kinds = new Map(delivery.artifacts.map(({ name, kind }) => [name, kind]));
  return delivery.artifacts.flatMap(({ name, kind, pins }): readonly Problem[] => {
    if (pins === undefined) return [];
    const path = `artifacts.${name}.pins`;
    const renderers = helmChartsIn(delivery).flatMap(({ chart }) =>
      chart.artifact === name ? [rendererOf(chart).kind] : [],
    );
    const packaged = isPackaged(delivery, name);
    if (kind !== 'chart' || (renderers.length === 0 && !packaged))
      return [{ path, message: 'is not carried out yet; leave it out, and deliver the image itself', given: pins }];
    if (renderers.includes('engine') && !packaged)
      return [
        {
          path,
          message:
            'is not carried out yet for a chart that the engine renders, of which nobody sees the image before; let a workflow package it (charts of the builder "githubActions"), leave pins out, or leave renderedBy out',
          given: pins,
        },
      ];
    return (kinds.get(pins) ?? 'image') === 'image'
      ? []
      : [{ path, message: 'must name an artifact of kind "image"', given: pins }];
  });
}

/** Whoever renders a chart is told what it may make of it and leave out, and where the chart is; what it says of its image is looked at. */
export const renderedCharts = (delivery: Delivery): readonly Problem[] => [
  ...helmChartsIn(delivery).flatMap((place) => [
    ...(isOfArgo(delivery, place) ? ofArgo(place.path, rendererOf(place.chart)) : []),
    ...problemsOf(place.path, rendererOf(place.chart)),
  ]),
  ...pinProblems(delivery),
  ...delivery.artifacts.flatMap(({ name, kind, repository }) => {
    if (kind !== 'chart' || isImageRepository(repository)) return [];
    const isSite = /^https?:\/\//.test(repository);
    return [
      {
        path: `artifacts.${name}.repository`,
        message: isSite
          ? 'is not carried out yet: a site of charts vouches for no digest; push the charts to an OCI registry ("helm push"), and write its repository, e.g. "ghcr.io/acme/charts/orders"'
          : 'must be a repository of an OCI registry without oci:// and version, e.g. "ghcr.io/acme/charts/orders"',
        given: repository,
      },
    ];
  }),
];
