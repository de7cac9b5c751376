import type { Delivery } from '../../delivery.ts';
import type { NodeRequirement, PodAffinityTerm, Scheduling, Toleration } from '../../pods/scheduling.ts';
import type { Problem } from '../../problem.ts';
import { servicesIn, type ServicePlace } from '../place.ts';
import { checkName, namesOf } from '../reference/known-names.ts';
import { labelKeyPattern, labelProblems, labelValuePattern } from '../workload/keys-and-labels.ts';

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

const keyProblems = (path: string, key: string, example: string): readonly Problem[] =>
  labelKeyPattern.test(key) ? [] : [{ path, message: `must be the key of a label, e.g. "${example}"`, given: key }];

function tolerationProblems(path: string, toleration: Toleration): readonly Problem[] {
  const { key, value, effect, tolerationSeconds } = toleration;
  return [
    ...(key === undefined ? [] : keyProblems(`${path}.key`, key, 'dedicated')),
    ...(value !== undefined && key === undefined
      ? [
          {
            path: `${path}.value`,
            message: 'is the value of no taint; write its key too, or leave it out',
            given: value,
          },
        ]
      : []),
    ...(value === undefined || labelValuePattern.test(value)
      ? []
      : [{ path: `${path}.value`, message: 'must be the value of a taint, as that of a label', given: value }]),
    ...(tolerationSeconds !== undefined && effect !== 'NoExecute'
      ? [
          {
            path: `${path}.tolerationSeconds`,
            message: 'counts for the effect "NoExecute" alone; write that effect, or leave it out',
            given: tolerationSeconds,
          },
        ]
      : whole(`${path}.tolerationSeconds`, tolerationSeconds, 0)),
  ];
}

const requirementProblems = (path: string, requirements: readonly NodeRequirement[]): readonly Problem[] => [
  ...(requirements.length === 0
    ? [{ path, message: 'must hold at least one requirement: without any, no node fits', given: [] }]
    : []),
  ...requirements.flatMap((requirement, i) => [
    ...keyProblems(`${path}[${i}].key`, requirement.key, 'kubernetes.io/arch'),
    ...('values' in requirement
      ? [
          ...(requirement.values.length === 0
            ? [{ path: `${path}[${i}].values`, message: 'must hold at least one value', given: [] }]
            : []),
          ...requirement.values
            .filter((value) => !labelValuePattern.test(value))
            .map((given) => ({ path: `${path}[${i}].values`, message: 'must be values of a label', given })),
        ]
      : []),
  ]),
];

/** A pod that must be where its own service's pods are not, and are: no node fits. */
const isSelf = ({ service, weight }: PodAffinityTerm, own: string): boolean =>
  (service ?? own) === own && weight === undefined;

function affinityProblems(place: ServicePlace, scheduling: Scheduling): readonly Problem[] {
  const { path, application, service } = place;
  const at = `${path}.scheduling`;
  const known = namesOf(application.services);
  const [near, away] = [scheduling.podAffinity ?? [], scheduling.podAntiAffinity ?? []];
  return [
    ...(
      [
        ['podAffinity', near],
        ['podAntiAffinity', away],
      ] as const
    ).flatMap(([name, terms]) =>
      terms.flatMap((term, i) => [
        ...(term.service === undefined
          ? []
          : checkName(`${at}.${name}[${i}].service`, 'service of this application', term.service, known)),
        ...keyProblems(`${at}.${name}[${i}].topologyKey`, term.topologyKey, 'kubernetes.io/hostname'),
        ...whole(`${at}.${name}[${i}].weight`, term.weight, 1, 100),
      ]),
    ),
    ...away.flatMap((term, i) =>
      isSelf(term, service.name) &&
      near.some((other) => isSelf(other, service.name) && other.topologyKey === term.topologyKey)
        ? [
            {
              path: `${at}.podAntiAffinity[${i}]`,
              message: 'asks for what podAffinity forbids, so that a second pod fits nowhere; leave one of the two out',
              given: term.topologyKey,
            },
          ]
        : [],
    ),
  ];
}

function problemsOfService(place: ServicePlace): readonly Problem[] {
  const { scheduling } = place.service;
  if (scheduling === undefined) return [];
  const at = `${place.path}.scheduling`;
  const spreads = scheduling.topologySpread ?? [];
  return [
    ...labelProblems(`${at}.nodeSelector`, scheduling.nodeSelector),
    ...(scheduling.tolerations ?? []).flatMap((it, i) => tolerationProblems(`${at}.tolerations[${i}]`, it)),
    ...spreads.flatMap(({ topologyKey, whenUnsatisfiable, maxSkew }, i) => [
      ...keyProblems(`${at}.topologySpread[${i}].topologyKey`, topologyKey, 'topology.kubernetes.io/zone'),
      ...whole(`${at}.topologySpread[${i}].maxSkew`, maxSkew, 1),
      ...(spreads.findIndex((it) => it.topologyKey === topologyKey && it.whenUnsatisfiable === whenUnsatisfiable) === i
        ? []
        : [
            {
              path: `${at}.topologySpread[${i}].topologyKey`,
              message: 'is spread over twice in one way; leave one of them out',
              given: topologyKey,
            },
          ]),
    ]),
    ...(scheduling.nodeAffinity?.required === undefined
      ? []
      : requirementProblems(`${at}.nodeAffinity.required`, scheduling.nodeAffinity.required)),
    ...(scheduling.nodeAffinity?.preferred ?? []).flatMap(({ weight, requirements }, i) => [
      ...whole(`${at}.nodeAffinity.preferred[${i}].weight`, weight, 1, 100),
      ...requirementProblems(`${at}.nodeAffinity.preferred[${i}].requirements`, requirements),
    ]),
    ...affinityProblems(place, scheduling),
    ...(scheduling.priorityClass === undefined || className.test(scheduling.priorityClass)
      ? []
      : [
          {
            path: `${at}.priorityClass`,
            message: 'must be the name of a PriorityClass: lower-case letters, digits, dashes and dots',
            given: scheduling.priorityClass,
          },
        ]),
  ];
}

const className = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;

/** Kubernetes accepts what a service says of the nodes it wants, and pods can find one. */
export const scheduling = (delivery: Delivery): readonly Problem[] => servicesIn(delivery).flatMap(problemsOfService);
