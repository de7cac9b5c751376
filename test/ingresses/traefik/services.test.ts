import { expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../../src/model/application.ts';
import { services } from '../../../src/ingresses/traefik/services.ts';

const named = (kind: string, spec: object): readonly string[] => {
  const object = { apiVersion: 'traefik.io/v1alpha1', kind, metadata: { name: 'a' }, spec } as KubernetesObject;
  return (services[kind]?.(object) ?? []).map(({ name, field }) => `${field}: ${name}`);
};
const service = (name: string, more: object = {}): object => ({ name, port: 80, ...more });

test('every field of Traefik that takes a Service is looked at, each alone', () => {
  const twoRoutes = { routes: [{ services: [service('a'), service('b')] }, { services: [service('c')] }] };
  const inRoutes = [
    'spec.routes[0].services[0].name: a',
    'spec.routes[0].services[1].name: b',
    'spec.routes[1].services[0].name: c',
  ];

  for (const kind of ['IngressRoute', 'IngressRouteTCP', 'IngressRouteUDP'])
    expect([kind, named(kind, twoRoutes)]).toEqual([kind, inRoutes]);
  expect(named('TraefikService', { weighted: { services: [service('a'), service('b')] } })).toEqual([
    'spec.weighted.services[0].name: a',
    'spec.weighted.services[1].name: b',
  ]);
  expect(named('TraefikService', { mirroring: service('a') })).toEqual(['spec.mirroring.name: a']);
  expect(named('TraefikService', { mirroring: { mirrors: [service('b'), service('c')] } })).toEqual([
    'spec.mirroring.mirrors[0].name: b',
    'spec.mirroring.mirrors[1].name: c',
  ]);
  expect(named('Middleware', { errors: { service: service('a') } })).toEqual(['spec.errors.service.name: a']);
});

test('what is no Service of Kubernetes is none', () => {
  const weighted = {
    services: [service('a', { kind: 'TraefikService' }), service('api@internal'), service('b', { kind: 'Service' })],
  };

  expect(named('TraefikService', { weighted })).toEqual(['spec.weighted.services[2].name: b']);
});
