import { describe, expect, test } from '@jest/globals';
import { Routing } from '../../../src/ingresses/gateway/routing.ts';
import type { Environment } from '../../../src/model/environment.ts';
import type { Route } from '../../../src/model/network/route.ts';
import { identitiesOf, objectsOf, placeWith, smallService } from '../../constructs/synthesize.ts';

const controller = { namespace: 'gateways', podLabels: { app: 'envoy' } };
const drawn = (routes: readonly Route[], environment: Partial<Environment> = {}) =>
  objectsOf(
    (scope) =>
      new Routing(scope, 'Routing', {
        place: placeWith(
          { services: [{ ...smallService, ports: [{ name: 'http', port: 80 }], routes }] },
          {
            ingress: { kind: 'gateway', gateway: { name: 'public', namespace: 'gateways' }, controller },
            ...environment,
          },
        ),
      }),
  );

const backendRefs = [{ name: 'dev-worker-svc', port: 80 }];
const rewrite = (path: object) => [{ type: 'URLRewrite', urlRewrite: { path } }];

describe('an HTTPRoute', () => {
  test('is attached to the Gateway, and takes the path of the environment off', () => {
    expect(drawn([{ path: '/api', port: 'http' }], { host: 'a.example' })).toEqual([
      {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'HTTPRoute',
        metadata: { name: 'dev-worker', namespace: 'dev' },
        spec: {
          parentRefs: [{ name: 'public', namespace: 'gateways' }],
          hostnames: ['a.example'],
          rules: [
            {
              matches: [{ path: { type: 'PathPrefix', value: '/dev/api' } }],
              filters: rewrite({ type: 'ReplacePrefixMatch', replacePrefixMatch: '/api' }),
              backendRefs,
            },
          ],
        },
      },
    ]);
  });

  test('rewrites nothing at the root, and takes one path alone when asked', () => {
    expect(
      drawn([{ path: '/api', pathType: 'Exact', port: 'http' }, { port: 'http' }], { pathPrefix: '' }),
    ).toMatchObject([
      {
        spec: {
          rules: [
            { matches: [{ path: { type: 'Exact', value: '/api' } }], backendRefs },
            { matches: [{ path: { type: 'PathPrefix', value: '/' } }], backendRefs },
          ],
        },
      },
    ]);
    expect(drawn([{ path: '/api', pathType: 'Exact', port: 'http' }])[0]).toHaveProperty(
      'spec.rules[0].filters',
      rewrite({ type: 'ReplaceFullPath', replaceFullPath: '/api' }),
    );
  });

  test('asks for the slash where a route appends one', () => {
    expect(drawn([{ path: '/api', port: 'http', appendSlash: true }])[0]).toHaveProperty('spec.rules', [
      {
        matches: [{ path: { type: 'Exact', value: '/dev/api' } }],
        filters: rewrite({ type: 'ReplaceFullPath', replaceFullPath: '/api/' }),
        backendRefs,
      },
      {
        matches: [{ path: { type: 'PathPrefix', value: '/dev/api' } }],
        filters: rewrite({ type: 'ReplacePrefixMatch', replacePrefixMatch: '/api' }),
        backendRefs,
      },
    ]);
  });

  test('is one more for each set of hosts, because all its rules answer for all its hosts', () => {
    const objects = drawn([
      { port: 'http' },
      { path: '/pay', host: ['pay.example', 'bank.example'], port: 'http' },
      { path: '/refund', host: ['pay.example', 'bank.example'], port: 'http' },
    ]);

    expect(identitiesOf(objects)).toEqual(['HTTPRoute/dev-worker', 'HTTPRoute/dev-worker-pay-example']);
    expect(objects[1]).toHaveProperty('spec.hostnames', ['pay.example', 'bank.example']);
    expect(objects[1]).toHaveProperty('spec.rules.length', 2);
  });

  test('names the listener that the environment names', () => {
    const gateway = { name: 'public', namespace: 'gateways', listener: 'https' };

    expect(drawn([{ port: 'http' }], { ingress: { kind: 'gateway', gateway, controller } })[0]).toHaveProperty(
      'spec.parentRefs',
      [{ name: 'public', namespace: 'gateways', sectionName: 'https' }],
    );
  });
});
