import { describe, expect, test } from '@jest/globals';
import { Routing } from '../../../src/ingresses/traefik/routing.ts';
import { Place } from '../../../src/constructs/place.ts';
import { usualEngine } from '../../../src/engines/engines.ts';
import type { Credential } from '../../../src/model/credential.ts';
import type { Environment } from '../../../src/model/environment.ts';
import type { Tls } from '../../../src/model/network/ingress.ts';
import type { Route } from '../../../src/model/network/route.ts';
import type { Service } from '../../../src/model/service.ts';
import {
  environmentWith,
  identitiesOf,
  objectsOf,
  only,
  placeWith,
  smallService,
} from '../../constructs/synthesize.ts';

const routed = (...routes: readonly Route[]): Service => ({
  ...smallService,
  ports: [{ name: 'http', port: 80, targetPort: 8080 }],
  routes,
});

const objectsFor = (services: readonly Service[], environment: Partial<Environment> = {}) =>
  objectsOf((scope) => new Routing(scope, 'Routing', { place: placeWith({ services }, environment) }));

const { pathPrefix: _pathPrefix, ...atRoot } = environmentWith();
const service = { name: 'dev-worker-svc', port: 80 };

describe('Routing', () => {
  test('takes the path of the environment off before a service sees it', () => {
    expect(objectsFor([routed({ port: 'http' })])).toEqual([
      {
        apiVersion: 'traefik.io/v1alpha1',
        kind: 'IngressRoute',
        metadata: { name: 'dev-shop', namespace: 'dev' },
        spec: {
          entryPoints: ['web'],
          routes: [
            {
              kind: 'Rule',
              match: 'Path(`/dev`) || PathPrefix(`/dev/`)',
              priority: 18,
              middlewares: [{ name: 'dev-shop-strip-prefix' }],
              services: [service],
            },
          ],
        },
      },
      {
        apiVersion: 'traefik.io/v1alpha1',
        kind: 'Middleware',
        metadata: { name: 'dev-shop-strip-prefix', namespace: 'dev' },
        spec: { stripPrefix: { prefixes: ['/dev'] } },
      },
    ]);
  });

  test('needs no middleware at the root', () => {
    const application = { name: 'shop', services: [routed({ port: 'http' })] };
    const place = new Place({ ...atRoot, applications: [application] }, application, { images: {} }, usualEngine.marks);

    const objects = objectsOf((scope) => new Routing(scope, 'Routing', { place }));

    expect(identitiesOf(objects)).toEqual(['IngressRoute/dev-shop']);
    expect(only(objects, 'IngressRoute')).toHaveProperty('spec.routes', [
      { kind: 'Rule', match: 'PathPrefix(`/`)', priority: 15, services: [service] },
    ]);
  });

  test('answers by the Secret of a certificate, or by one that cert-manager is asked to keep for every host of a route', () => {
    const certificate: Credential = {
      name: 'certificate',
      purpose: 'certificate',
      holder: 'Traefik',
      store: { kind: 'kubernetes', secretName: 'dev-certificate', keys: ['tls.crt', 'tls.key'] },
      scope: 'a.example',
    };
    const answering = (tls: Tls) =>
      objectsFor([routed({ port: 'http' }, { port: 'http', host: ['b.example', 'a.example'], path: '/b' })], {
        host: 'a.example',
        credentials: [certificate],
        ingress: {
          entryPoints: ['websecure'],
          tls,
          controller: { namespace: 'traefik', podLabels: { app: 'traefik' } },
        },
      });
    const kept = answering({ kind: 'credential', credential: 'certificate' });
    expect(identitiesOf(kept)).not.toContain('Certificate/dev-shop-tls');
    expect(only(kept, 'IngressRoute')).toHaveProperty('spec.tls', { secretName: 'dev-certificate' });

    const asked = answering({ kind: 'certManager', issuer: 'letsencrypt' });
    expect(only(asked, 'IngressRoute')).toMatchObject({
      spec: { entryPoints: ['websecure'], tls: { secretName: 'dev-shop-tls' } },
    });
    expect(only(asked, 'Certificate')).toEqual({
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: { name: 'dev-shop-tls', namespace: 'dev' },
      spec: {
        secretName: 'dev-shop-tls',
        dnsNames: ['a.example', 'b.example'],
        issuerRef: { name: 'letsencrypt', kind: 'ClusterIssuer', group: 'cert-manager.io' },
      },
    });
  });

  test('says everything that a route can say', () => {
    const everyRoute: Required<Route> = {
      path: '/api',
      pathType: 'Prefix',
      host: 'api.example.com',
      port: 'http',
      appendSlash: true,
    };
    const ingress = { entryPoints: ['websecure'], controller: { namespace: 'traefik', podLabels: { app: 'traefik' } } };

    const objects = objectsFor([routed(everyRoute, { port: 'http' })], { ingress, host: 'www.example.com' });

    expect(identitiesOf(objects)).toEqual([
      'IngressRoute/dev-shop',
      'Middleware/dev-shop-strip-prefix',
      'Middleware/dev-worker-append-slash',
    ]);
    expect(only(objects, 'IngressRoute')).toHaveProperty('spec', {
      entryPoints: ['websecure'],
      routes: [
        {
          kind: 'Rule',
          match: 'Host(`api.example.com`) && Path(`/dev/api`)',
          priority: 1023,
          middlewares: [{ name: 'dev-shop-strip-prefix' }, { name: 'dev-worker-append-slash' }],
          services: [service],
        },
        {
          kind: 'Rule',
          match: 'Host(`api.example.com`) && (Path(`/dev/api`) || PathPrefix(`/dev/api/`))',
          priority: 1022,
          middlewares: [{ name: 'dev-shop-strip-prefix' }],
          services: [service],
        },
        {
          kind: 'Rule',
          match: 'Host(`www.example.com`) && (Path(`/dev`) || PathPrefix(`/dev/`))',
          priority: 1018,
          middlewares: [{ name: 'dev-shop-strip-prefix' }],
          services: [service],
        },
      ],
    });
    expect(only(objects, 'Middleware', 'dev-worker-append-slash')).toHaveProperty('spec', {
      replacePath: { path: '/api/' },
    });
  });

  test('gives each route that appends a slash a middleware of its own', () => {
    const objects = objectsFor([
      routed({ path: '/a', port: 'http', appendSlash: true }, { path: '/b', port: 'http', appendSlash: true }),
    ]);

    expect(identitiesOf(objects).slice(2)).toEqual([
      'Middleware/dev-worker-append-slash',
      'Middleware/dev-worker-append-slash-2',
    ]);
    expect(objects.slice(2)).toMatchObject([
      { spec: { replacePath: { path: '/a/' } } },
      { spec: { replacePath: { path: '/b/' } } },
    ]);
  });

  test('appends nothing to the root, which ends in a slash already', () => {
    expect(identitiesOf(objectsFor([routed({ port: 'http', appendSlash: true })]))).toEqual([
      'IngressRoute/dev-shop',
      'Middleware/dev-shop-strip-prefix',
    ]);
  });

  test('is nothing for services that nobody reaches from outside', () => {
    expect(objectsFor([smallService])).toEqual([]);
  });

  test('fails for a route to a port that is not there', () => {
    expect(() => objectsFor([routed({ port: 'grpc' })])).toThrow(
      'environments.dev.applications.shop.services.worker.routes: must name a port of "worker": http, got "grpc"',
    );
  });
});
