import { hostsIn, shareHosts } from '../../derived/hosts.ts';
import { namespacesOf } from '../../derived/places/namespaces.ts';
import type { Delivery } from '../../delivery.ts';
import type { Environment } from '../../environment.ts';
import type { Problem } from '../../problem.ts';

/** Whether two environments could answer the same request. */
const sameHost = (one: Environment, other: Environment): boolean => shareHosts(hostsIn(one.host), hostsIn(other.host));

function clash(environment: Environment, earlier: Environment): readonly Problem[] {
  const path = `environments.${environment.name}`;
  const also = `is that of ${earlier.name} too, on the same cluster; give each environment its own`;
  return [
    ...(namespacesOf(earlier).includes(environment.namespace)
      ? [{ path: `${path}.namespace`, message: also, given: environment.namespace }]
      : []),
    ...(environment.namespaces ?? []).flatMap((namespace, i) =>
      namespacesOf(earlier).includes(namespace)
        ? [{ path: `${path}.namespaces[${i}]`, message: also, given: namespace }]
        : [],
    ),
    ...(environment.namePrefix !== '' && environment.namePrefix === earlier.namePrefix
      ? [{ path: `${path}.namePrefix`, message: also, given: environment.namePrefix }]
      : []),
    ...(environment.pathPrefix !== undefined &&
    environment.pathPrefix === earlier.pathPrefix &&
    sameHost(environment, earlier)
      ? [{ path: `${path}.pathPrefix`, message: also, given: environment.pathPrefix }]
      : []),
  ];
}

/** Environments on one cluster share no namespace, no name prefix and no path. */
export function separateEnvironments({ environments }: Delivery): readonly Problem[] {
  const known = new Map<string, Environment[]>();
  return environments.flatMap((environment) => {
    const keys = [
      ...namespacesOf(environment).map((namespace) => `namespace ${namespace}`),
      `prefix ${environment.namePrefix}`,
      `path ${environment.pathPrefix ?? ''}`,
    ];
    const earlier = new Set(keys.flatMap((key) => known.get(`${environment.cluster.name} ${key}`) ?? []));
    for (const key of keys)
      known.set(`${environment.cluster.name} ${key}`, [
        ...(known.get(`${environment.cluster.name} ${key}`) ?? []),
        environment,
      ]);
    return [...earlier].flatMap((it) => clash(environment, it));
  });
}
