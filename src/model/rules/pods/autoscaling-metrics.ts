import type { Delivery } from '../../delivery.ts';
import { parseQuantity } from '../../formats/quantity.ts';
import type { AutoscalingMetric, ScalingRules } from '../../pods/autoscaling.ts';
import type { Problem } from '../../problem.ts';
import { containersOf, servicesIn, type ServicePlace } from '../place.ts';
import { checkName } from '../reference/known-names.ts';
import { labelProblems } from '../workload/keys-and-labels.ts';

const whole = (path: string, given: number | undefined, least: number, most = Infinity): readonly Problem[] =>
  given === undefined || (Number.isInteger(given) && given >= least && given <= most)
    ? []
    : [
        {
          path,
          message: `must be a whole number${most === Infinity ? `, ${least} or more` : ` from ${least} to ${most}`}`,
          given,
        },
      ];

const quantity = (path: string, given: string): readonly Problem[] =>
  (parseQuantity(given) ?? 0) > 0
    ? []
    : [{ path, message: 'must be a Kubernetes quantity, e.g. "100" or "500m", above zero', given }];

/** What two metrics have in common that are one. */
const subjectOf = (metric: AutoscalingMetric): string =>
  JSON.stringify(
    metric.kind === 'pods'
      ? [metric.kind, metric.metric]
      : metric.kind === 'external'
        ? [metric.kind, metric.metric, metric.labels ?? {}]
        : [metric.kind, metric.name, metric.kind === 'containerResource' ? metric.container : ''],
  );

function metricProblems(place: ServicePlace, path: string, metric: AutoscalingMetric): readonly Problem[] {
  switch (metric.kind) {
    case 'resource':
      return whole(`${path}.averageUtilization`, metric.averageUtilization, 1);
    case 'containerResource': {
      const names = containersOf(place)
        .filter(({ init }) => !init)
        .map(({ container }) => container.name);
      return [
        ...checkName(`${path}.container`, `container of ${place.service.name}`, metric.container, names),
        ...whole(`${path}.averageUtilization`, metric.averageUtilization, 1),
      ];
    }
    case 'pods':
    case 'external':
      return [
        ...(/^\S+$/.test(metric.metric)
          ? []
          : [{ path: `${path}.metric`, message: 'must be the name of a metric', given: metric.metric }]),
        ...(metric.kind === 'external' ? labelProblems(`${path}.labels`, metric.labels) : []),
        ...quantity(`${path}.averageValue`, metric.averageValue),
      ];
  }
}

const rulesProblems = (path: string, rules: ScalingRules | undefined): readonly Problem[] => [
  ...whole(`${path}.stabilizationWindowSeconds`, rules?.stabilizationWindowSeconds, 0, 3600),
  ...(rules?.policies?.length === 0
    ? [{ path: `${path}.policies`, message: 'must hold at least one policy, or be left out', given: [] }]
    : []),
  ...(rules?.policies ?? []).flatMap(({ value, periodSeconds }, i) => [
    ...whole(`${path}.policies[${i}].value`, value, 1),
    ...whole(`${path}.policies[${i}].periodSeconds`, periodSeconds, 1, 1800),
  ]),
];

/** An autoscaler looks at something that is there, at each once, and goes as fast as Kubernetes lets it. */
export const autoscalingMetrics = (delivery: Delivery): readonly Problem[] =>
  servicesIn(delivery).flatMap((place) => {
    const { path, service } = place;
    if (service.autoscaling === undefined) return [];
    const { cpuPercent, metrics = [], behavior } = service.autoscaling;
    const at = `${path}.autoscaling`;
    const cpu: AutoscalingMetric = { kind: 'resource', name: 'cpu', averageUtilization: 1 };
    const seen = new Set(cpuPercent === undefined ? [] : [subjectOf(cpu)]);
    return [
      ...(cpuPercent === undefined && metrics.length === 0
        ? [
            {
              path: `${at}.cpuPercent`,
              message: 'must be said, or one of metrics: without, nothing asks for more pods',
            },
          ]
        : []),
      ...metrics.flatMap((metric, i) => {
        const subject = subjectOf(metric);
        const isSecond = seen.has(subject);
        seen.add(subject);
        return [
          ...metricProblems(place, `${at}.metrics[${i}]`, metric),
          ...(isSecond
            ? [
                {
                  path: `${at}.metrics[${i}]`,
                  message: 'is looked at twice; leave one of them out',
                  given: metric.kind,
                },
              ]
            : []),
        ];
      }),
      ...rulesProblems(`${at}.behavior.scaleUp`, behavior?.scaleUp),
      ...rulesProblems(`${at}.behavior.scaleDown`, behavior?.scaleDown),
    ];
  });
