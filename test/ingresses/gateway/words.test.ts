import { describe, expect, test } from '@jest/globals';
import { gateway } from '../../../src/ingresses/gateway/gateway.ts';
import { httpRouteSummary, httpRouteWords } from '../../../src/ingresses/gateway/words.ts';
import type { Path } from '../../../src/objects/change/path.ts';

const rule = {
  matches: [{ path: { type: 'PathPrefix', value: '/api' } }],
  backendRefs: [{ name: 'orders', port: 80 }],
};
const object = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: { name: 'shop' },
  spec: {
    hostnames: ['a.example'],
    rules: [rule, { ...rule, matches: [{ path: { type: 'Exact', value: '/b' } }] }, { backendRefs: [] }],
  },
};

describe('words for a difference of an HTTPRoute', () => {
  test.each<readonly [Path, unknown, unknown, string | undefined]>([
    [['spec', 'rules', { entry: 'x' }], undefined, rule, 'route /api/… → orders:80 added'],
    [['spec', 'rules', { entry: 'x' }], rule, undefined, 'route /api/… → orders:80 removed'],
    [['spec', 'hostnames', { entry: 'x' }], undefined, 'b.example', 'host b.example added'],
    [['spec', 'parentRefs', { entry: 'x' }], { name: 'a', namespace: 'g' }, undefined, 'Gateway g/a removed'],
    [['spec', 'parentRefs', { entry: 'x' }, 'name'], 'a', 'b', 'Gateway a → b'],
    [['spec', 'parentRefs', { entry: 'x' }, 'sectionName'], 'http', 'https', 'listener http → https'],
    [['spec', 'other'], 1, 2, undefined],
  ])('%j', (path, before, after, expected) => {
    expect(httpRouteWords({ object, path, before, after })).toBe(expected);
  });

  test('of a new one name its hosts and its routes', () => {
    expect(httpRouteSummary(object)).toEqual([
      'host a.example',
      'route /api/… → orders:80',
      'route /b → orders:80',
      'route /… → nothing',
    ]);
  });
});

test('the face of the Gateway API reads hosts, and the path that leads to a Service', () => {
  const [service] = gateway.services['HTTPRoute']?.(object) ?? [];

  expect(gateway.entries['HTTPRoute']?.hosts(object)).toEqual(['a.example']);
  expect(service).toMatchObject({ name: 'orders', port: 80 });
  expect(gateway.entries['HTTPRoute']?.paths(object, service?.field ?? '')).toEqual(['/api']);
});
