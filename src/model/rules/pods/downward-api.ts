import { envSourceOf } from '../../container.ts';
import type { Delivery } from '../../delivery.ts';
import { parseQuantity } from '../../formats/quantity.ts';
import { selectorOf } from '../../names.ts';
import type { Service } from '../../service.ts';
import type { Problem } from '../../problem.ts';
import { containersIn, containersOf, type ContainerPlace } from '../place.ts';
import { checkName } from '../reference/known-names.ts';

/** Labels that Kubernetes gives to the pods of a workload. */
const given: Readonly<Record<NonNullable<Service['workload']>, readonly string[]>> = {
  DaemonSet: ['controller-revision-hash'],
  Deployment: ['pod-template-hash'],
  StatefulSet: ['apps.kubernetes.io/pod-index', 'controller-revision-hash', 'statefulset.kubernetes.io/pod-name'],
};

function problemsOf(place: ContainerPlace): readonly Problem[] {
  const { path, container, service } = place;
  const labels = [...Object.keys(selectorOf(service)), ...given[service.workload ?? 'Deployment']];
  const containers = new Map(containersOf(place).map((it) => [it.container.name, it.container]));
  return [
    ...Object.entries(container.env ?? {}).flatMap(([name, value]): readonly Problem[] => {
      const at = `${path}.env.${name}`;
      if (typeof value === 'string') return [];
      if (value.kind === 'label') return checkName(`${at}.key`, 'label of the pods', value.key, labels);
      if (value.kind !== 'resource') return [];
      const { container: of = container.name, divisor, resource } = value;
      const resources = containers.get(of)?.resources;
      const [part, amount] = resource.split('.') as ['requests' | 'limits', 'cpu' | 'memory'];
      return [
        ...checkName(`${at}.container`, `container of ${service.name}`, of, containers.keys()),
        ...(resources === undefined || resources[part]?.[amount] !== undefined
          ? []
          : [
              {
                path: `${at}.resource`,
                message: `is not said of the container ${of}, so that it would be all that the node has; say it under resources`,
                given: resource,
              },
            ]),
        ...(divisor === undefined || (parseQuantity(divisor) ?? 0) > 0
          ? []
          : [
              {
                path: `${at}.divisor`,
                message: 'must be a Kubernetes quantity, e.g. "1Mi", above zero',
                given: divisor,
              },
            ]),
      ];
    }),
    ...(container.envFrom ?? []).flatMap((source, i): readonly Problem[] => {
      const { prefix } = envSourceOf(source);
      return prefix === undefined || /^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(prefix)
        ? []
        : [
            {
              path: `${path}.envFrom[${i}].prefix`,
              message: 'must be how the name of an environment variable begins, e.g. "SMTP_"',
              given: prefix,
            },
          ];
    }),
  ];
}

/** What a pod is told of itself is something that it has. */
export const downwardApi = (delivery: Delivery): readonly Problem[] => containersIn(delivery).flatMap(problemsOf);
