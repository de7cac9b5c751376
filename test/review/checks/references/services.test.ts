import { expect, test } from '@jest/globals';
import { services } from '../../../../src/review/checks/references/services.ts';
import { findings, object, service, statefulSet } from '../small-objects.ts';

const route = (...to: readonly object[]) =>
  object('traefik.io/v1alpha1', 'IngressRoute', 'dev-shop', {
    spec: { routes: [{ match: 'PathPrefix(`/dev`)', services: to }] },
  });

const ingress = (backend: object) =>
  object('networking.k8s.io/v1', 'Ingress', 'dev-shop', {
    spec: { rules: [{ http: { paths: [{ backend: { service: backend } }] } }] },
  });

test('accepts Services and ports that are there, by name and by number, and services of Traefik itself', () => {
  const found = findings(services, [
    service('dev-orders-svc'),
    service('dev-db-svc'),
    statefulSet('dev-db'),
    route(
      { name: 'dev-orders-svc', port: 80 },
      { name: 'dev-orders-svc', port: 'http' },
      { name: 'api@internal', kind: 'TraefikService' },
    ),
    ingress({ name: 'dev-orders-svc', port: { number: 80 } }),
    object('gateway.networking.k8s.io/v1', 'HTTPRoute', 'dev-shop', {
      spec: { rules: [{ backendRefs: [{ name: 'dev-orders-svc', port: 80 }] }] },
    }),
    object('traefik.io/v1alpha1', 'TraefikService', 'dev-both', {
      spec: { weighted: { services: [{ name: 'dev-orders-svc', port: 80 }] } },
    }),
  ]);

  expect(found).toEqual([]);
});

test('knows the Service that Tekton makes for a listener, and its ports', () => {
  const listener = object('triggers.tekton.dev/v1beta1', 'EventListener', 'dev-hooks', { spec: {} });
  const to = (name: string, port: number) => ingress({ name, port: { number: port } });

  expect(findings(services, [listener, to('el-dev-hooks', 8080)])).toEqual([]);
  expect(findings(services, [listener, to('el-dev-hooks', 80)])).toEqual([
    'Ingress/dev-shop spec.rules[0].http.paths[0].backend.service.port: Service "el-dev-hooks" has no port 80; write "8080", "9000", "http-listener" or "http-metrics"',
  ]);
  expect(findings(services, [listener, to('el-hooks', 8080)])).toHaveLength(1);
});

test('fails on a Service that is not there, whoever names it', () => {
  const found = findings(services, [
    service('dev-orders-svc'),
    statefulSet('dev-db'),
    route({ name: 'prod-orders-svc', port: 80 }),
    ingress({ name: 'orders', port: { name: 'http' } }),
    object('traefik.io/v1alpha1', 'Middleware', 'dev-errors', {
      spec: { errors: { service: { name: 'pages', port: 80 } } },
    }),
  ]);

  expect(found).toEqual([
    'StatefulSet/dev-db spec.serviceName: there is no Service "dev-db-svc" in this environment; write "dev-orders-svc"',
    'IngressRoute/dev-shop spec.routes[0].services[0].name: there is no Service "prod-orders-svc" in this environment; write "dev-orders-svc"',
    'Ingress/dev-shop spec.rules[0].http.paths[0].backend.service.name: there is no Service "orders" in this environment; write "dev-orders-svc"',
    'Middleware/dev-errors spec.errors.service.name: there is no Service "pages" in this environment; write "dev-orders-svc"',
  ]);
});

test('fails on a port that the Service does not have', () => {
  const found = findings(services, [
    service('dev-orders-svc'),
    route({ name: 'dev-orders-svc', port: 8080 }),
    ingress({ name: 'dev-orders-svc', port: { name: 'web' } }),
  ]);

  expect(found).toEqual([
    'IngressRoute/dev-shop spec.routes[0].services[0].port: Service "dev-orders-svc" has no port 8080; write "80" or "http"',
    'Ingress/dev-shop spec.rules[0].http.paths[0].backend.service.port: Service "dev-orders-svc" has no port web; write "80" or "http"',
  ]);
});
