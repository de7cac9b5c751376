import { describe, expect, test } from '@jest/globals';
import { ingressRouteWords } from '../../../src/ingresses/traefik/words.ts';
import type { Path } from '../../../src/objects/change/path.ts';

const object = { apiVersion: 'traefik.io/v1alpha1', kind: 'IngressRoute', metadata: { name: 'shop' } };
const words = (path: Path, before: unknown, after: unknown): string | undefined =>
  ingressRouteWords({ object, path, before, after });
const inRoute = (...rest: Path): Path => [
  'spec',
  'routes',
  { entry: 'Host(`a.example`) && PathPrefix(`/api`)' },
  ...rest,
];
const route = { services: [{ name: 'orders', port: 80 }] };

describe('words for a difference of a route', () => {
  test.each([
    [undefined, route, 'route a.example/api/… → orders:80 added'],
    [route, undefined, 'route a.example/api/… → orders:80 removed'],
    [route, { services: [{ name: 'carts' }, { port: 1 }] }, 'route a.example/api/… → carts, ?:1 changed'],
    [undefined, {}, 'route a.example/api/… → nothing added'],
  ])('%j → %j', (before, after, expected) => {
    expect(words(inRoute(), before, after)).toBe(expected);
  });

  test.each<readonly [Path, unknown, unknown, string]>([
    [['match'], 'x', 'Path(`/b`)', 'route a.example/api/… → /b'],
    [['priority'], 1, 2, 'route a.example/api/…: priority 1 → 2'],
    [['middlewares'], 'a', 'b', 'route a.example/api/…: order of middlewares a → b'],
    [
      ['middlewares', { entry: 'strip' }],
      undefined,
      { name: 'strip' },
      'route a.example/api/…: middleware strip added',
    ],
    [
      ['middlewares', { entry: 'strip' }],
      { name: 'strip' },
      undefined,
      'route a.example/api/…: middleware strip removed',
    ],
    [
      ['services', { entry: 'orders' }],
      undefined,
      { name: 'orders', port: 80 },
      'route a.example/api/… → orders:80 added',
    ],
    [['services', { entry: 'orders' }], { name: 'orders' }, undefined, 'route a.example/api/… → orders removed'],
    [['services', { entry: 'orders' }, 'name'], 'a', 'b', 'route a.example/api/… → Service a → b'],
    [['services', { entry: 'orders' }, 'port'], 80, 81, 'route a.example/api/… → port 80 → 81'],
  ])('%j', (rest, before, after, expected) => {
    expect(words(inRoute(...rest), before, after)).toBe(expected);
  });

  test('there are for entry points, and none for what has no words', () => {
    expect(words(['spec', 'entryPoints', { entry: 'web' }], undefined, 'web')).toBe('entry point web added');
    expect(words(inRoute('observability'), 1, 2)).toBeUndefined();
    expect(words(['spec', 'tls'], 1, 2)).toBeUndefined();
  });

  test('there are for what requests are answered with', () => {
    expect(words(['spec', 'tls'], undefined, { secretName: 'shop-tls' })).toBe('TLS by Secret shop-tls added');
    expect(words(['spec', 'tls'], {}, undefined)).toBe("TLS of the controller's own certificate removed");
    expect(words(['spec', 'tls', 'secretName'], 'a', 'b')).toBe('TLS Secret a → b');
  });
});
