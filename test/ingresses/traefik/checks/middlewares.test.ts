import { expect, test } from '@jest/globals';
import { middlewares } from '../../../../src/ingresses/traefik/checks/middlewares.ts';
import { findings, object } from '../../../review/checks/small-objects.ts';

const route = (...names: readonly string[]) =>
  object('traefik.io/v1alpha1', 'IngressRoute', 'dev-shop', {
    spec: { routes: [{ middlewares: names.map((name) => ({ name })) }] },
  });

const middleware = (name: string, spec = {}) => object('traefik.io/v1alpha1', 'Middleware', name, { spec });

test('accepts Middlewares that are rendered, and those of another provider', () => {
  expect(findings(middlewares, [route('dev-strip', 'auth@file'), middleware('dev-strip')])).toEqual([]);
});

test('fails on a Middleware that nothing renders, in a route and in a chain', () => {
  expect(
    findings(middlewares, [
      route('dev-stripp'),
      middleware('dev-strip', { chain: { middlewares: [{ name: 'auth' }] } }),
    ]),
  ).toEqual([
    'IngressRoute/dev-shop spec.routes[0].middlewares[0].name: there is no Middleware "dev-stripp" in this environment; write "dev-strip"',
    'Middleware/dev-strip spec.chain.middlewares[0].name: there is no Middleware "auth" in this environment; write "dev-strip"',
  ]);
});

test('fails on a Middleware of the old API group, which a route of the new one does not see', () => {
  const old = object('traefik.containo.us/v1alpha1', 'Middleware', 'dev-strip', { spec: {} });

  expect(findings(middlewares, [route('dev-strip'), old])).toEqual([
    'IngressRoute/dev-shop spec.routes[0].middlewares[0].name: there is no Middleware "dev-strip" in this environment; there is none',
  ]);
});
