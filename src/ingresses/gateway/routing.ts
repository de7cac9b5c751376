import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { pathBelow } from '../path-below.ts';
import type { Place } from '../../constructs/place.ts';
import { hostsOf } from '../../model/derived/hosts.ts';
import { httpRouteName, serviceName } from '../../model/names.ts';
import type { Route } from '../../model/network/route.ts';
import type { Service } from '../../model/service.ts';

/** Routes of one service that answer for the same hosts. */
interface Group {
  readonly hosts: readonly string[];
  /** Whether the routes name the hosts, and not the environment. */
  readonly own: boolean;
  readonly routes: readonly Route[];
}

/**
 * The ways in from outside the cluster, to every service of an application that has routes.
 *
 * Defines: an HTTPRoute for each service, and one more for each set of hosts that its routes name. Does not define: the Gateway,
 * its listeners, certificates.
 *
 * @see https://gateway-api.sigs.k8s.io/api-types/httproute/
 */
export class Routing extends Construct {
  constructor(scope: Construct, id: string, { place }: { readonly place: Place }) {
    super(scope, id);
    const { environment } = place;
    for (const service of place.application.services)
      for (const { hosts, own, routes } of groupsOf(place, service)) {
        const name = httpRouteName(environment, service, own ? hosts : []);
        new ApiObject(this, name, {
          apiVersion: 'gateway.networking.k8s.io/v1',
          kind: 'HTTPRoute',
          metadata: { name, namespace: environment.namespace },
          spec: {
            ...parents(place),
            ...(hosts.length === 0 ? {} : { hostnames: hosts }),
            rules: routes.flatMap((route) => rulesOf(place, service, route)),
          },
        });
      }
  }
}

function groupsOf({ environment }: Place, { routes = [] }: Service): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const route of routes) {
    const hosts = hostsOf(environment, route);
    const own = route.host !== undefined;
    const key = `${String(own)} ${hosts.join(' ')}`;
    groups.set(key, { hosts, own, routes: [...(groups.get(key)?.routes ?? []), route] });
  }
  return [...groups.values()];
}

function parents({ environment: { ingress } }: Place): object {
  if (ingress?.kind !== 'gateway') return {};
  const { name, namespace, listener } = ingress.gateway;
  return { parentRefs: [{ name, namespace, ...(listener === undefined ? {} : { sectionName: listener }) }] };
}

/** The rules of a route; a program that redirects without its prefix is asked for the slash. */
function rulesOf(place: Place, service: Service, route: Route): readonly object[] {
  const { path = '/', pathType = 'Prefix', appendSlash = false } = route;
  const { pathPrefix = '' } = place.environment;
  const { port } = place.port(service.name, route.port, `${place.pathOf(service.name)}.routes`);
  const backendRefs = [{ name: serviceName(place.environment, service), port }];
  const rule = (type: 'Exact' | 'PathPrefix', rewritten?: object): object => ({
    matches: [{ path: { type, value: pathBelow(pathPrefix, path) } }],
    ...(rewritten === undefined ? {} : { filters: [{ type: 'URLRewrite', urlRewrite: { path: rewritten } }] }),
    backendRefs,
  });
  const whole = (to: string): object => ({ type: 'ReplaceFullPath', replaceFullPath: to });
  if (pathType === 'Exact') return [rule('Exact', pathPrefix === '' ? undefined : whole(path))];
  const below = rule(
    'PathPrefix',
    pathPrefix === '' ? undefined : { type: 'ReplacePrefixMatch', replacePrefixMatch: path },
  );
  return appendSlash && path !== '/' ? [rule('Exact', whole(`${path}/`)), below] : [below];
}
