import { describe, expect, test } from '@jest/globals';
import { Routing } from '../../../src/ingresses/kubernetes/routing.ts';
import type { Environment } from '../../../src/model/environment.ts';
import type { Ingress, Tls } from '../../../src/model/network/ingress.ts';
import type { Route } from '../../../src/model/network/route.ts';
import { objectsOf, placeWith, smallService } from '../../constructs/synthesize.ts';

const controller = { namespace: 'ingress-nginx', podLabels: { app: 'nginx' } };
const nginx: Ingress = { kind: 'kubernetes', className: 'nginx', controller };
const withTls = (tls: Tls): Ingress => ({ kind: 'kubernetes', className: 'nginx', controller, tls });

const drawn = (routes: readonly Route[], environment: Partial<Environment> = {}) =>
  objectsOf(
    (scope) =>
      new Routing(scope, 'Routing', {
        place: placeWith(
          { services: [{ ...smallService, ports: [{ name: 'http', port: 80 }], routes }] },
          { pathPrefix: '', ingress: nginx, ...environment },
        ),
      }),
  );

const backend = { service: { name: 'dev-worker-svc', port: { number: 80 } } };

describe('an Ingress', () => {
  test('has a rule for each host, with exact and prefix paths', () => {
    expect(
      drawn(
        [{ port: 'http' }, { path: '/callback', pathType: 'Exact', host: ['pay.example', 'a.example'], port: 'http' }],
        { host: 'a.example' },
      ),
    ).toEqual([
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'Ingress',
        metadata: { name: 'dev-shop', namespace: 'dev' },
        spec: {
          ingressClassName: 'nginx',
          rules: [
            {
              host: 'a.example',
              http: {
                paths: [
                  { path: '/', pathType: 'Prefix', backend },
                  { path: '/callback', pathType: 'Exact', backend },
                ],
              },
            },
            { host: 'pay.example', http: { paths: [{ path: '/callback', pathType: 'Exact', backend }] } },
          ],
        },
      },
    ]);
  });

  test('answers for any host where none is said', () => {
    expect(drawn([{ port: 'http' }])).toMatchObject([
      { spec: { rules: [{ http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }] } },
    ]);
    expect(drawn([{ port: 'http' }])[0]).not.toHaveProperty('spec.rules[0].host');
    expect(drawn([{ port: 'http' }])[0]).not.toHaveProperty('spec.tls');
  });

  test('answers with the certificate of a credential, for every host', () => {
    const objects = drawn([{ port: 'http' }], {
      host: ['a.example', 'www.a.example'],
      ingress: withTls({ kind: 'credential', credential: 'certificate' }),
      credentials: [
        {
          name: 'certificate',
          purpose: 'certificate',
          holder: 'nginx',
          store: { kind: 'kubernetes', secretName: 'dev-certificate', keys: ['tls.crt', 'tls.key'] },
          scope: 'a.example',
        },
      ],
    });

    expect(objects[0]).toHaveProperty('spec.tls', [
      { hosts: ['a.example', 'www.a.example'], secretName: 'dev-certificate' },
    ]);
  });

  test.each([
    [{ kind: 'certManager', issuer: 'letsencrypt' }, { 'cert-manager.io/cluster-issuer': 'letsencrypt' }],
    [{ kind: 'certManager', issuer: 'own', issuerKind: 'Issuer' }, { 'cert-manager.io/issuer': 'own' }],
  ] as const)('asks cert-manager for a certificate: %j', (tls, annotations) => {
    const [object] = drawn([{ port: 'http' }], { host: 'a.example', ingress: withTls(tls) });

    expect(object?.metadata.annotations).toEqual(annotations);
    expect(object).toHaveProperty('spec.tls', [{ hosts: ['a.example'], secretName: 'dev-shop-tls' }]);
  });

  test('carries the annotations that its controller reads, and the name that the application gives it', () => {
    const annotations = { 'nginx.ingress.kubernetes.io/proxy-body-size': '10m' };
    const objects = objectsOf(
      (scope) =>
        new Routing(scope, 'Routing', {
          place: placeWith(
            {
              services: [{ ...smallService, ports: [{ name: 'http', port: 80 }], routes: [{ port: 'http' }] }],
              routing: { ingress: 'public' },
            },
            { ingress: { kind: 'kubernetes', className: 'nginx', controller, annotations } },
          ),
        }),
    );

    expect(objects[0]?.metadata).toEqual({ name: 'dev-public', namespace: 'dev', annotations });
  });
});
