import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import type { Environment } from '../../../../src/model/environment.ts';
import type { Ingress } from '../../../../src/model/network/ingress.ts';
import type { Route } from '../../../../src/model/network/route.ts';
import { waysIn } from '../../../../src/model/rules/network/ways-in.ts';
import { paths } from '../../../../src/model/rules/workload/paths.ts';
import { separateRoutes } from '../../../../src/model/rules/isolation/separate-routes.ts';
import { defects, told } from '../../../support/told.ts';
import { validDelivery, withEnvironment, withService } from '../../../support/valid-delivery.ts';
import { certified, furtherWords } from '../../further-words.ts';

type KubernetesIngress = Extract<Ingress, { readonly kind: 'kubernetes' }>;

const prod = (change: (environment: Environment) => Environment): Delivery =>
  withEnvironment(furtherWords, 'prod', change);
const ingress = (change: Partial<KubernetesIngress>): Delivery =>
  prod((it) => (it.ingress?.kind === 'kubernetes' ? { ...it, ingress: { ...it.ingress, ...change } } : it));
const routed = (environment: string, ...routes: readonly Route[]): Delivery =>
  withService(furtherWords, environment, 'payments', (service) => ({ ...service, routes }));
const payments = (environment: string): string => `environments.${environment}.applications.shop.services.payments`;

describe('what an ingress can carry out', () => {
  test('passes for a class, for a Gateway, and for certificates of a credential and of an issuer', () => {
    expect([...told(waysIn, furtherWords), ...told(waysIn, certified)]).toEqual([]);
  });

  test('fails for a path that an Ingress would have to take off', () => {
    expect(
      told(
        waysIn,
        prod((it) => ({ ...it, pathPrefix: '/prod' })),
      ),
    ).toEqual([
      'environments.prod.pathPrefix: cannot be taken off by an Ingress before a service sees it; leave it out, and give the environment a host, got "/prod"',
    ]);
  });

  test('fails for a slash that an Ingress would have to append, and for one after an exact path', () => {
    expect(told(waysIn, routed('prod', { path: '/a', port: 'http', appendSlash: true }))).toEqual([
      `${payments('prod')}.routes[0].appendSlash: cannot be carried out by an Ingress; leave it out, and let the program answer, got true`,
    ]);
    expect(told(waysIn, routed('dev', { path: '/a', pathType: 'Exact', port: 'http', appendSlash: true }))).toEqual([
      `${payments('dev')}.routes[0].appendSlash: has no meaning for an exact path; leave it out, or write the path with "Prefix", got true`,
    ]);
  });

  test('fails for a certificate without a host', () => {
    expect(
      told(
        waysIn,
        prod(({ host: _, ...it }) => it),
      ),
    ).toEqual([
      'environments.prod.applications.shop.services.orders.routes[0].host: must be said, here or as environments.prod.host: a certificate is for hosts, got "any host"',
      `${payments('prod')}.routes[0].host: must be said, here or as environments.prod.host: a certificate is for hosts, got "any host"`,
    ]);
  });

  test('fails for a certificate without a host, or of no issuer, behind Traefik as well', () => {
    const behindTraefik = withEnvironment(validDelivery(), 'prod', (it) => ({
      ...it,
      ingress: {
        entryPoints: ['websecure'],
        tls: { kind: 'certManager', issuer: '' },
        controller: { namespace: 'traefik', podLabels: { app: 'traefik' } },
      },
    }));

    expect(told(waysIn, behindTraefik)).toEqual([
      'environments.prod.ingress.tls.issuer: must be the name of an issuer, got ""',
      'environments.prod.applications.shop.services.orders.routes[0].host: must be said, here or as environments.prod.host: a certificate is for hosts, got "any host"',
      `${payments('prod')}.routes[0].host: must be said, here or as environments.prod.host: a certificate is for hosts, got "any host"`,
    ]);
  });

  test('fails for a certificate that is no credential, or one for another purpose, or not of the namespace', () => {
    const tls = (credential: string): readonly string[] =>
      told(waysIn, ingress({ tls: { kind: 'credential', credential } }));

    expect(tls('shop-certificat')).toEqual([
      'environments.prod.ingress.tls.credential: there is no credential in prod of this name; write "shop-certificate", got "shop-certificat"',
    ]);
    expect(tls('bank-token')).toEqual([
      'environments.prod.ingress.tls.credential: must be for the purpose "certificate", and bank-token is for another, got "webhook"',
    ]);
    expect(
      told(
        waysIn,
        prod((it) => ({
          ...it,
          credentials: it.credentials.map((one) =>
            one.purpose === 'certificate' && one.store.kind === 'kubernetes'
              ? { ...one, store: { ...one.store, namespace: 'elsewhere' } }
              : one,
          ),
        })),
      ),
    ).toEqual([
      'environments.prod.ingress.tls.credential: must be kept as a Kubernetes Secret of the namespace prod, with the keys tls.crt and tls.key, got "shop-certificate"',
    ]);
  });

  test('fails for names that Kubernetes does not take, and for annotations that other words are for', () => {
    expect(told(waysIn, ingress({ className: 'Nginx' }))).toEqual([
      'environments.prod.ingress.className: must be lower-case letters, digits, dashes and dots, got "Nginx"',
    ]);
    expect(
      told(
        waysIn,
        ingress({ annotations: { 'a b': '', 'kubernetes.io/ingress.class': 'x', 'cert-manager.io/issuer': 'x' } }),
      ),
    ).toEqual([
      'environments.prod.ingress.annotations: the key of an annotation must be a name, e.g. "nginx.ingress.kubernetes.io/proxy-body-size", got "a b"',
      'environments.prod.ingress.annotations: must leave the class to className, got "kubernetes.io/ingress.class"',
      'environments.prod.ingress.annotations: must leave the issuer to tls; write { kind: "certManager", issuer: "…" } there, got "cert-manager.io/issuer"',
    ]);
    expect(told(waysIn, ingress({ tls: { kind: 'certManager', issuer: '' } }))).toEqual([
      'environments.prod.ingress.tls.issuer: must be the name of an issuer, got ""',
    ]);
    const gateway = { name: 'Public', namespace: 'gate ways', listener: 'HTTPS' };
    expect(
      told(
        waysIn,
        withEnvironment(furtherWords, 'dev', (it) =>
          it.ingress?.kind === 'gateway' ? { ...it, ingress: { ...it.ingress, gateway } } : it,
        ),
      ),
    ).toEqual([
      'environments.dev.ingress.gateway.name: must be lower-case letters, digits, dashes and dots, got "Public"',
      'environments.dev.ingress.gateway.namespace: must be lower-case letters, digits, dashes and dots, got "gate ways"',
      'environments.dev.ingress.gateway.listener: must be lower-case letters, digits, dashes and dots, got "HTTPS"',
    ]);
  });

  test('fails for a word of another kind of ingress, which would be left out in silence', () => {
    const mixed = prod((it) => ({ ...it, ingress: { ...it.ingress, entryPoints: ['web'] } as unknown as Ingress }));

    expect(defects(mixed)).toEqual([
      'environments.prod.ingress.entryPoints: there is no key of this name; write "kind", "className", "annotations", "tls" or "controller"',
    ]);
  });
});

describe('several hosts', () => {
  test('fails where one is said twice, is no host, or none is', () => {
    expect(told(paths, routed('prod', { port: 'http', host: ['a.example', 'A', 'a.example'] }))).toEqual([
      `${payments('prod')}.routes[0].host: must be a host name in lower case, e.g. shop.example.com, got "A"`,
      `${payments('prod')}.routes[0].host: must name each host once, got "a.example"`,
    ]);
    expect(
      told(
        paths,
        prod((it) => ({ ...it, host: [] })),
      ),
    ).toEqual(['environments.prod.host: must name at least one host; leave it out for any, got []']);
  });

  test('fails where two routes share one of theirs, and not where one path is exact', () => {
    const shared: Route = { port: 'http', host: ['b.example', 'www.shop.example'] };

    expect(told(separateRoutes, routed('prod', shared))).toEqual([
      `${payments('prod')}.routes[0]: answers the same requests as environments.prod.applications.shop.services.orders.routes[0]; give each its own host or path, got "/"`,
    ]);
    expect(told(separateRoutes, routed('prod', { ...shared, pathType: 'Exact' }))).toEqual([]);
  });
});
