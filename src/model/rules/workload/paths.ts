import { hostsIn } from '../../derived/hosts.ts';
import type { Delivery } from '../../delivery.ts';
import type { Hosts } from '../../network/route.ts';
import type { Problem } from '../../problem.ts';
import { containersIn, servicesIn } from '../place.ts';

const urlPath = /^\/(?:[-.\w~%]+(?:\/[-.\w~%]+)*)?$/;
const hostName = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

function hostProblems(path: string, hosts: Hosts | undefined): readonly Problem[] {
  if (hosts?.length === 0 && typeof hosts !== 'string')
    return [{ path, message: 'must name at least one host; leave it out for any', given: hosts }];
  return hostsIn(hosts).flatMap((host, i, all) => {
    if (!hostName.test(host))
      return [{ path, message: 'must be a host name in lower case, e.g. shop.example.com', given: host }];
    return all.indexOf(host) === i ? [] : [{ path, message: 'must name each host once', given: host }];
  });
}

/** Paths, hosts and mounts are whole and absolute: a prefix that ends within a word answers its neighbours' requests. */
export const paths = (delivery: Delivery): readonly Problem[] => [
  ...delivery.environments.flatMap(({ name, pathPrefix, host }) => [
    ...hostProblems(`environments.${name}.host`, host),
    ...(pathPrefix === undefined || (urlPath.test(pathPrefix) && pathPrefix !== '/')
      ? []
      : [
          {
            path: `environments.${name}.pathPrefix`,
            message: 'must begin with a slash and not end with one, e.g. "/dev"; leave it out for the root',
            given: pathPrefix,
          },
        ]),
  ]),
  ...servicesIn(delivery).flatMap(({ path, service }) =>
    (service.routes ?? []).flatMap((route, i) => [
      ...hostProblems(`${path}.routes[${i}].host`, route.host),
      ...(route.path === undefined || urlPath.test(route.path)
        ? []
        : [
            {
              path: `${path}.routes[${i}].path`,
              message: 'must begin with a slash and not end with one, e.g. "/api"',
              given: route.path,
            },
          ]),
    ]),
  ),
  ...containersIn(delivery).flatMap(({ path, container }) =>
    (['startup', 'readiness', 'liveness'] as const).flatMap((probe) => {
      const action = container[probe]?.action;
      return action?.kind !== 'http' || /^\/[!-~]*$/.test(action.path)
        ? []
        : [
            {
              path: `${path}.${probe}.action.path`,
              message: 'must begin with a slash and hold no spaces, e.g. "/healthz"',
              given: action.path,
            },
          ];
    }),
  ),
  ...containersIn(delivery).flatMap(({ path, container }) =>
    (container.mounts ?? []).flatMap((mount, i) =>
      /^\/[^:]*[^:/]$/.test(mount.path)
        ? []
        : [
            {
              path: `${path}.mounts[${i}].path`,
              message: 'must be an absolute path without a slash at its end',
              given: mount.path,
            },
          ],
    ),
  ),
];
