import { TLS_SECRET_KEYS } from '../../credential.ts';
import { hostsOf } from '../../derived/hosts.ts';
import type { Delivery } from '../../delivery.ts';
import type { Environment } from '../../environment.ts';
import { tlsOf, type Ingress, type Tls } from '../../network/ingress.ts';
import type { Problem } from '../../problem.ts';
import { unknownName } from '../../suggestion.ts';
import { servicesIn, type ServicePlace } from '../place.ts';

const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const annotationKey = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-_.A-Za-z0-9]{0,61}[A-Za-z0-9])?$/;

/** What each kind of ingress can carry out of what routes say, and that it is named as Kubernetes names things. */
export const waysIn = (delivery: Delivery): readonly Problem[] => [
  ...delivery.environments.flatMap((environment) =>
    environment.ingress === undefined ? [] : ofIngress(environment, environment.ingress),
  ),
  ...servicesIn(delivery).flatMap(ofRoutes),
];

function ofIngress(environment: Environment, ingress: Ingress): readonly Problem[] {
  const path = `environments.${environment.name}.ingress`;
  const named = (at: string, name: string | undefined): readonly Problem[] =>
    name === undefined || (subdomain.test(name) && name.length <= 253)
      ? []
      : [{ path: `${path}.${at}`, message: 'must be lower-case letters, digits, dashes and dots', given: name }];
  switch (ingress.kind) {
    case 'kubernetes':
      return [
        ...named('className', ingress.className),
        ...Object.keys(ingress.annotations ?? {}).flatMap((key) => ofAnnotation(path, key)),
        ...(environment.pathPrefix === undefined
          ? []
          : [
              {
                path: `environments.${environment.name}.pathPrefix`,
                message:
                  'cannot be taken off by an Ingress before a service sees it; leave it out, and give the environment a host',
                given: environment.pathPrefix,
              },
            ]),
        ...(ingress.tls === undefined ? [] : ofTls(environment, ingress.tls)),
      ];
    case 'gateway':
      return [
        ...named('gateway.name', ingress.gateway.name),
        ...named('gateway.namespace', ingress.gateway.namespace),
        ...named('gateway.listener', ingress.gateway.listener),
      ];
    default:
      return ingress.tls === undefined ? [] : ofTls(environment, ingress.tls);
  }
}

function ofAnnotation(path: string, key: string): readonly Problem[] {
  if (!annotationKey.test(key))
    return [
      {
        path: `${path}.annotations`,
        message: 'the key of an annotation must be a name, e.g. "nginx.ingress.kubernetes.io/proxy-body-size"',
        given: key,
      },
    ];
  if (key === 'kubernetes.io/ingress.class')
    return [{ path: `${path}.annotations`, message: 'must leave the class to className', given: key }];
  return /^cert-manager\.io\/(cluster-)?issuer$/.test(key)
    ? [
        {
          path: `${path}.annotations`,
          message: 'must leave the issuer to tls; write { kind: "certManager", issuer: "…" } there',
          given: key,
        },
      ]
    : [];
}

function ofTls(environment: Environment, tls: Tls): readonly Problem[] {
  const path = `environments.${environment.name}.ingress.tls`;
  if (tls.kind === 'certManager')
    return subdomain.test(tls.issuer)
      ? []
      : [{ path: `${path}.issuer`, message: 'must be the name of an issuer', given: tls.issuer }];
  const at = `${path}.credential`;
  const found = environment.credentials.find(({ name }) => name === tls.credential);
  if (found === undefined)
    return [
      {
        path: at,
        message: unknownName(
          `credential in ${environment.name}`,
          tls.credential,
          environment.credentials.map(({ name }) => name),
        ),
        given: tls.credential,
      },
    ];
  if (found.purpose !== 'certificate')
    return [
      {
        path: at,
        message: `must be for the purpose "certificate", and ${found.name} is for another`,
        given: found.purpose,
      },
    ];
  return found.store.kind === 'kubernetes' && (found.store.namespace ?? environment.namespace) === environment.namespace
    ? []
    : [
        {
          path: at,
          message: `must be kept as a Kubernetes Secret of the namespace ${environment.namespace}, with the keys ${TLS_SECRET_KEYS.join(' and ')}`,
          given: tls.credential,
        },
      ];
}

function ofRoutes({ path, environment, service }: ServicePlace): readonly Problem[] {
  const { ingress } = environment;
  return (service.routes ?? []).flatMap((route, i): readonly Problem[] => {
    const at = `${path}.routes[${i}]`;
    const problem = (key: string, message: string, given: unknown): readonly Problem[] => [
      { path: `${at}.${key}`, message, given },
    ];
    return [
      ...(route.appendSlash === true && ingress?.kind === 'kubernetes'
        ? problem('appendSlash', 'cannot be carried out by an Ingress; leave it out, and let the program answer', true)
        : []),
      ...(route.appendSlash === true && route.pathType === 'Exact'
        ? problem(
            'appendSlash',
            'has no meaning for an exact path; leave it out, or write the path with "Prefix"',
            true,
          )
        : []),
      ...(tlsOf(ingress) !== undefined && hostsOf(environment, route).length === 0
        ? problem(
            'host',
            `must be said, here or as environments.${environment.name}.host: a certificate is for hosts`,
            'any host',
          )
        : []),
    ];
  });
}
