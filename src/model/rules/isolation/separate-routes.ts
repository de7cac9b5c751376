import { hostsOf, shareHosts } from '../../derived/hosts.ts';
import type { Delivery } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';
import { servicesIn } from '../place.ts';

/** The path that a route answers, without a slash at its end. */
const fullPath = (prefix: string | undefined, path: string | undefined): string =>
  `${prefix ?? ''}${path ?? '/'}`.replace(/\/+$/, '');

/** Two routes on one cluster never answer the same host and path. */
export function separateRoutes(delivery: Delivery): readonly Problem[] {
  const known = new Map<string, { path: string; hosts: readonly string[]; environment: string }[]>();
  return servicesIn(delivery).flatMap(({ path, environment, service }) =>
    (service.routes ?? []).flatMap((route, i): readonly Problem[] => {
      const at = `${path}.routes[${i}]`;
      const hosts = hostsOf(environment, route);
      const answered = fullPath(environment.pathPrefix, route.path);
      const key = `${environment.cluster.name} ${route.pathType ?? 'Prefix'} ${answered}`;
      const others = known.get(key) ?? [];
      known.set(key, [...others, { path: at, hosts, environment: environment.name }]);
      const other = others.find((it) => shareHosts(it.hosts, hosts));
      const told =
        other !== undefined && other.environment !== environment.name && environment.pathPrefix !== undefined;
      return other === undefined || told
        ? []
        : [
            {
              path: at,
              message: `answers the same requests as ${other.path}; give each its own host or path`,
              given: answered === '' ? '/' : answered,
            },
          ];
    }),
  );
}
