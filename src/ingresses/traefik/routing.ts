import { Construct } from 'constructs';
import {
  IngressRoute,
  IngressRouteSpecRoutesKind,
  IngressRouteSpecRoutesServicesPort,
  Middleware,
} from '../../../imports/traefik.io.ts';
import type { IngressRouteSpecRoutes } from '../../../imports/traefik.io.ts';
import { appendSlashName, routingNames, serviceName } from '../../model/names.ts';
import { hostsOf } from '../../model/derived/hosts.ts';
import { TLS_SECRET_KEYS } from '../../model/credential.ts';
import type { Environment } from '../../model/environment.ts';
import { tlsOf } from '../../model/network/ingress.ts';
import type { Route } from '../../model/network/route.ts';
import type { Service } from '../../model/service.ts';
import type { Place } from '../../constructs/place.ts';
import { MadeSecret } from '../../constructs/secrets/made-secret.ts';
import { pathBelow } from '../path-below.ts';
import { tlsSecret } from '../tls-secret.ts';
import { pathRule, priorityOf } from './path-rule.ts';

/** Traefik's entry points when the environment names none. */
const defaultEntryPoints = ['web'];

const entryPointsOf = ({ ingress }: Environment): readonly string[] =>
  ingress !== undefined && 'entryPoints' in ingress ? ingress.entryPoints : defaultEntryPoints;

/** An application in an environment. */
export interface RoutingProps {
  readonly place: Place;
}

/**
 * The ways in from outside the cluster, to every service of an application that has routes.
 *
 * Defines: a Traefik IngressRoute; a Middleware that takes the environment's path off; one more for each route that appends
 * a slash; where cert-manager keeps the certificate a Certificate, because it reads no annotation of Traefik's kinds. Does not define: entry points,
 * issuers.
 *
 * @see https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/crd/http/ingressroute/
 */
export class Routing extends Construct {
  constructor(scope: Construct, id: string, { place }: RoutingProps) {
    super(scope, id);
    const { environment, application } = place;
    const { namespace, pathPrefix = '' } = environment;
    const names = routingNames(environment, application);
    const routed = application.services.flatMap((service) =>
      (service.routes ?? []).map((route, i) => ({ service, route, i })),
    );
    if (routed.length === 0) return;
    const tls = tlsOf(environment.ingress);
    const strip = pathPrefix === '' ? [] : [{ name: names.middleware }];

    new IngressRoute(this, 'ingress-route', {
      metadata: { name: names.ingressRoute, namespace },
      spec: {
        entryPoints: [...entryPointsOf(environment)],
        ...(tls === undefined ? {} : { tls: { secretName: tlsSecret(place, tls) } }),
        routes: routed.flatMap(({ service, route, i }) => {
          const at = {
            hosts: hostsOf(environment, route),
            path: pathBelow(pathPrefix, route.path ?? '/'),
            exact: route.pathType === 'Exact',
          };
          const prefix = {
            ...leadsTo(place, service, route),
            match: pathRule(at),
            priority: priorityOf(at),
            ...(strip.length === 0 ? {} : { middlewares: strip }),
          };
          if (!appendsSlash(route)) return [prefix];
          const exact = { ...at, exact: true };
          return [
            {
              ...prefix,
              match: pathRule(exact),
              priority: priorityOf(exact),
              middlewares: [...strip, { name: appendSlashName(environment, service, i) }],
            },
            prefix,
          ];
        }),
      },
    });

    if (tls?.kind === 'certManager') {
      const hosts = [...new Set(routed.flatMap(({ route }) => hostsOf(environment, route)))];
      const store = { kind: 'kubernetes', secretName: tlsSecret(place, tls), keys: TLS_SECRET_KEYS } as const;
      new MadeSecret(this, 'certificate', {
        environment,
        credential: { name: 'tls', purpose: 'certificate', holder: 'Traefik', store, scope: hosts.join(', ') },
        origin: { ...tls, kind: 'certificate', hosts },
      });
    }
    if (strip.length > 0)
      new Middleware(this, 'strip-prefix', {
        metadata: { name: names.middleware, namespace },
        spec: { stripPrefix: { prefixes: [pathPrefix] } },
      });
    for (const { service, route, i } of routed) {
      if (!appendsSlash(route)) continue;
      new Middleware(this, `append-slash-${service.name}-${i}`, {
        metadata: { name: appendSlashName(environment, service, i), namespace },
        spec: { replacePath: { path: `${route.path ?? ''}/` } },
      });
    }
  }
}

/** Whether a route serves its path without the slash as if the slash had been there; the root has one anyway. */
const appendsSlash = (route: Route): boolean => route.appendSlash === true && (route.path ?? '/') !== '/';

function leadsTo(place: Place, service: Service, route: Route): Pick<IngressRouteSpecRoutes, 'kind' | 'services'> {
  const { port } = place.port(service.name, route.port, `${place.pathOf(service.name)}.routes`);
  return {
    kind: IngressRouteSpecRoutesKind.RULE,
    services: [
      { name: serviceName(place.environment, service), port: IngressRouteSpecRoutesServicesPort.fromNumber(port) },
    ],
  };
}
