import { envSourceOf } from '../../container.ts';
import type { Delivery } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';
import { containersOf, podOwnersIn } from '../place.ts';

/** How the key of a label looks, with its prefix. */
export const labelKeyPattern = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-_.A-Za-z0-9]{0,61}[A-Za-z0-9])?$/;
/** How the value of a label looks. */
export const labelValuePattern = /^([A-Za-z0-9]([-_.A-Za-z0-9]{0,61}[A-Za-z0-9])?)?$/;
const variable = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;
const configKey = /^[-._a-zA-Z0-9]{1,253}$/;

/** What is wrong with labels: keys and values that Kubernetes takes for none. */
export const labelProblems = (path: string, labels: Readonly<Record<string, string>> | undefined): readonly Problem[] =>
  Object.entries(labels ?? {}).flatMap(([key, value]) => [
    ...(labelKeyPattern.test(key)
      ? []
      : [
          {
            path,
            message: 'the key of a label must be at most 63 letters, digits, dashes, dots and underscores',
            given: key,
          },
        ]),
    ...(labelValuePattern.test(value)
      ? []
      : [
          {
            path: `${path}.${key}`,
            message: 'the value of a label must be at most 63 letters, digits, dashes, dots and underscores',
            given: value,
          },
        ]),
  ]);

const variableMessage =
  'the name of an environment variable must be letters, digits, dashes, dots and underscores, and not begin with a digit';

/** Kubernetes accepts every label, every key of a config and every environment variable. */
export const keysAndLabels = (delivery: Delivery): readonly Problem[] => [
  ...delivery.environments.flatMap(({ name, labels, dns, ingress, monitoring }) => [
    ...labelProblems(`environments.${name}.labels`, labels),
    ...labelProblems(`environments.${name}.dns.podLabels`, dns?.kind === 'addresses' ? undefined : dns?.podLabels),
    ...labelProblems(`environments.${name}.ingress.controller.podLabels`, ingress?.controller.podLabels),
    ...labelProblems(`environments.${name}.monitoring.scraper.podLabels`, monitoring?.scraper.podLabels),
    ...labelProblems(`environments.${name}.monitoring.labels`, monitoring?.labels),
  ]),
  ...podOwnersIn(delivery).flatMap((place) => {
    const { path, service } = place;
    const asVariables = new Set(
      containersOf(place).flatMap(({ container }) =>
        (container.envFrom ?? []).map(envSourceOf).flatMap((it) => (it.kind === 'config' ? [it.config] : [])),
      ),
    );
    return [
      ...labelProblems(`${path}.selector`, service.selector),
      ...labelProblems(`${path}.serviceLabels`, service.serviceLabels),
      ...(service.configs ?? []).flatMap(({ name, labels, data }) => [
        ...labelProblems(`${path}.configs.${name}.labels`, labels),
        ...Object.keys(data).flatMap((key): readonly Problem[] => {
          if (!configKey.test(key))
            return [
              {
                path: `${path}.configs.${name}`,
                message: 'the key of a config must be at most 253 letters, digits, dashes, dots and underscores',
                given: key,
              },
            ];
          return asVariables.has(name) && !variable.test(key)
            ? [{ path: `${path}.configs.${name}`, message: variableMessage, given: key }]
            : [];
        }),
      ]),
      ...containersOf(place).flatMap(({ path: at, container }) =>
        Object.keys(container.env ?? {}).flatMap((key) =>
          variable.test(key) ? [] : [{ path: `${at}.env`, message: variableMessage, given: key }],
        ),
      ),
    ];
  }),
];
