import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { pathBelow } from '../path-below.ts';
import { tlsSecret } from '../tls-secret.ts';
import type { Place } from '../../constructs/place.ts';
import { hostsOf } from '../../model/derived/hosts.ts';
import { routingNames, serviceName } from '../../model/names.ts';
import type { Ingress, Tls } from '../../model/network/ingress.ts';
import type { Route } from '../../model/network/route.ts';
import type { Service } from '../../model/service.ts';

type KubernetesIngress = Extract<Ingress, { readonly kind: 'kubernetes' }>;

/** A path of an Ingress. */
interface IngressPath {
  readonly path: string;
  readonly pathType: 'Exact' | 'Prefix';
  readonly backend: object;
}

/**
 * The ways in from outside the cluster, to every service of an application that has routes.
 *
 * Defines: an Ingress, with a rule for each host. Does not define: its class, its controller, certificates, issuers.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/ingress/
 */
export class Routing extends Construct {
  constructor(scope: Construct, id: string, { place }: { readonly place: Place }) {
    super(scope, id);
    const { environment, application } = place;
    const { className, annotations = {}, tls } = ingressOf(place);
    const paths = pathsByHost(place);
    if (paths.size === 0) return;

    const marks = { ...annotations, ...(tls?.kind === 'certManager' ? issuerAnnotation(tls) : {}) };
    new ApiObject(this, 'ingress', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: {
        name: routingNames(environment, application).ingress,
        namespace: environment.namespace,
        ...(Object.keys(marks).length === 0 ? {} : { annotations: marks }),
      },
      spec: {
        ingressClassName: className,
        ...(tls === undefined
          ? {}
          : { tls: [{ hosts: [...paths.keys()].filter((host) => host !== ''), secretName: tlsSecret(place, tls) }] }),
        rules: [...paths].map(([host, of]) => ({ ...(host === '' ? {} : { host }), http: { paths: of } })),
      },
    });
  }
}

/** What the environment says of its controller; a class that is not said is the cluster's usual one. */
function ingressOf({ environment: { ingress } }: Place): Partial<KubernetesIngress> {
  return ingress?.kind === 'kubernetes' ? ingress : {};
}

/** Paths by host, `''` for any, in the order in which they are said. */
function pathsByHost(place: Place): ReadonlyMap<string, readonly IngressPath[]> {
  const paths = new Map<string, IngressPath[]>();
  for (const service of place.application.services)
    for (const route of service.routes ?? []) {
      const hosts = hostsOf(place.environment, route);
      for (const host of hosts.length === 0 ? [''] : hosts)
        paths.set(host, [...(paths.get(host) ?? []), pathOf(place, service, route)]);
    }
  return paths;
}

function pathOf(place: Place, service: Service, { path = '/', pathType = 'Prefix', port }: Route): IngressPath {
  const { pathPrefix = '' } = place.environment;
  const { port: number } = place.port(service.name, port, `${place.pathOf(service.name)}.routes`);
  return {
    path: pathBelow(pathPrefix, path),
    pathType,
    backend: { service: { name: serviceName(place.environment, service), port: { number } } },
  };
}

/** @see https://cert-manager.io/docs/usage/ingress/ */
const issuerAnnotation = ({
  issuer,
  issuerKind = 'ClusterIssuer',
}: Extract<Tls, { readonly kind: 'certManager' }>) => ({
  [issuerKind === 'ClusterIssuer' ? 'cert-manager.io/cluster-issuer' : 'cert-manager.io/issuer']: issuer,
});
