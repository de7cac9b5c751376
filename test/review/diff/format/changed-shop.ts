import type { KubernetesObject } from '../../../../src/model/application.ts';
import {
  container,
  orders,
  ordersConfig,
  ordersDb,
  ordersService,
  pod,
  policy,
  route,
  shop,
  withValue,
} from '../shop-objects.ts';

/** One change after the other at paths of an object. */
const withValues = (
  object: KubernetesObject,
  changes: readonly (readonly [path: readonly (string | number)[], value: unknown])[],
): KubernetesObject => changes.reduce((changed, [path, value]) => withValue(changed, path, value), object);

const replacements = new Map<KubernetesObject, KubernetesObject | undefined>([
  [
    orders,
    withValues(orders, [
      [['spec', 'replicas'], 8],
      [[...container, 'image'], 'acme/orders:v1.3'],
      [[...container, 'readinessProbe', 'httpGet', 'path'], '/ready'],
      [[...pod, 'terminationGracePeriodSeconds'], 60],
      [['spec', 'template', 'metadata', 'annotations', 'portolan/config-checksum'], '2222222222222222'],
    ]),
  ],
  [
    ordersDb,
    withValues(ordersDb, [
      [['spec', 'serviceName'], 'dev-db'],
      [[...container, 'image'], 'postgres:18.2'],
    ]),
  ],
  [ordersConfig, withValue(ordersConfig, ['data', 'server.conf'], 'port: 8080\nworkers: 4\ntimeout: 30\n')],
  [
    route,
    withValues(route, [
      [['spec', 'routes', 1, 'services', 0, 'name'], 'dev-api-svc'],
      [['spec', 'routes', 1, 'priority'], 10],
    ]),
  ],
  [policy, undefined],
]);

/** The small shop after a busy day: one of everything. */
export const changedShop: readonly KubernetesObject[] = [
  ...shop.flatMap((object) => (replacements.has(object) ? (replacements.get(object) ?? []) : [object])),
  {
    ...withValue(ordersService, ['spec', 'selector', 'app'], 'api'),
    metadata: { name: 'dev-api-svc', namespace: 'dev' },
  },
];
