import { describe, expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../../src/model/application.ts';
import { diffTrees } from '../../../src/review/diff/diff-trees.ts';
import {
  backup,
  container,
  namespace,
  orders,
  ordersConfig,
  ordersDb,
  ordersService,
  pod,
  policy,
  project,
  route,
  treeOf,
  uploads,
  withValue,
} from './shop-objects.ts';

/** Every change in the owner's words, or its path where there are none. */
function said(before: KubernetesObject, after: KubernetesObject): readonly string[] {
  return diffTrees(treeOf(before), treeOf(after)).objects.flatMap(({ owner, changes }) =>
    changes.map(({ path, words }) => (words === undefined ? path : `${owner}: ${words}`)),
  );
}

type Case = readonly [object: KubernetesObject, path: readonly (string | number)[], value: unknown, words: string];

const cases: readonly Case[] = [
  [orders, ['spec', 'replicas'], 8, 'orders: 2 → 8 replicas'],
  [orders, ['spec', 'replicas'], undefined, 'orders: no number of replicas: an autoscaler says'],
  [orders, [...container, 'image'], 'acme/orders:v1.3', 'orders: image v1.2 → v1.3'],
  [
    orders,
    [...container, 'image'],
    'acme/orders:v1.2@sha256:0123456789abcdef',
    'orders: image v1.2 pinned to sha256:0123456789ab',
  ],
  [
    orders,
    [...container, 'image'],
    'other.example.com:5000/orders:v1.2',
    'orders: image acme/orders:v1.2 → other.example.com:5000/orders:v1.2',
  ],
  [orders, [...container, 'resources', 'limits', 'memory'], '512Mi', 'orders: memory limit 256Mi → 512Mi'],
  [orders, [...container, 'resources', 'limits', 'cpu'], undefined, 'orders: CPU limit 200m removed'],
  [orders, [...container, 'resources', 'requests', 'cpu'], '250m', 'orders: CPU request 100m → 250m'],
  [orders, [...container, 'env', 0, 'value'], 'DEBUG', 'orders: env LOG_LEVEL INFO → DEBUG'],
  [orders, [...container, 'env', 0, 'name'], 'LEVEL', 'orders: env LOG_LEVEL renamed to LEVEL'],
  [
    orders,
    [...container, 'env', 0],
    { name: 'OTHER', value: 'x' },
    'orders: env LOG_LEVEL INFO removed; orders: env OTHER x added',
  ],
  [
    orders,
    [...container, 'env', 1, 'valueFrom', 'secretKeyRef', 'name'],
    'bank',
    'orders: env BANK_TOKEN from Secret bank-token → bank',
  ],
  [orders, [...container, 'args', 2], '9090', 'orders: argument 8080 → 9090'],
  [orders, [...container, 'args'], ['serve'], 'orders: arguments serve, --port, 8080 → serve'],
  [orders, [...container, 'ports', 0, 'containerPort'], 8081, 'orders: port http 8080 → 8081'],
  [orders, [...container, 'ports', 1, 'name'], 'prom', 'orders: port metrics renamed to prom'],
  [orders, [...container, 'readinessProbe'], undefined, 'orders: readiness probe removed'],
  [
    orders,
    [...container, 'readinessProbe', 'httpGet', 'path'],
    '/ready',
    'orders: readiness probe path /healthz → /ready',
  ],
  [orders, [...container, 'readinessProbe', 'periodSeconds'], 5, 'orders: readiness probe every 10 s → 5 s'],
  [orders, [...container, 'livenessProbe'], { tcpSocket: { port: 8080 } }, 'orders: liveness probe added'],
  [orders, [...container, 'volumeMounts', 0, 'readOnly'], true, 'orders: /var/uploads read-only'],
  [
    orders,
    [...container, 'volumeMounts', 0, 'mountPath'],
    '/uploads',
    'orders: mounts at /uploads what was at /var/uploads',
  ],
  [orders, [...container, 'securityContext', 'allowPrivilegeEscalation'], true, 'orders: privilege escalation allowed'],
  [
    orders,
    [...container, 'securityContext', 'capabilities', 'add'],
    ['NET_ADMIN'],
    'orders: capability NET_ADMIN added',
  ],
  [
    orders,
    [...pod, 'containers', 1],
    { name: 'proxy', image: 'envoy:1' },
    'orders: container proxy added (image envoy:1)',
  ],
  [
    orders,
    [...pod, 'initContainers'],
    [{ name: 'setup', image: 'setup:1' }],
    'orders: init container setup added (image setup:1)',
  ],
  [
    orders,
    [...pod, 'volumes', 0, 'persistentVolumeClaim', 'claimName'],
    'dev-other',
    'orders: volume uploads: claim dev-uploads → dev-other',
  ],
  [
    orders,
    [...pod, 'volumes', 1],
    { name: 'node', hostPath: { path: '/srv' } },
    'orders: volume tmp (emptyDir) removed; orders: volume node (folder /srv of the node) added',
  ],
  [orders, [...pod, 'terminationGracePeriodSeconds'], 60, 'orders: time to stop 60 s added'],
  [orders, [...pod, 'hostNetwork'], true, "orders: in the node's network"],
  [
    orders,
    ['spec', 'template', 'metadata', 'annotations', 'portolan/credential.bank-token'],
    '2',
    'orders: credential bank-token rotated',
  ],
  [
    orders,
    ['spec', 'template', 'metadata', 'annotations', 'portolan/config-checksum'],
    '2222222222222222',
    'orders: configuration changed',
  ],
  [orders, ['spec', 'template', 'metadata', 'labels', 'tier'], 'web', 'orders: pod label tier web added'],
  [orders, ['spec', 'strategy', 'type'], 'Recreate', 'orders: rollout RollingUpdate → Recreate'],
  [orders, ['metadata', 'labels'], { team: 'web' }, 'orders: label team web added'],
  [
    ordersDb,
    ['spec', 'volumeClaimTemplates', 0, 'spec', 'resources', 'requests', 'storage'],
    '200Mi',
    'orders-db: disk data 100Mi → 200Mi',
  ],
  [ordersConfig, ['data', 'ENVIRONMENT'], 'test', 'dev-orders-config: ENVIRONMENT dev → test'],
  [
    ordersConfig,
    ['data', 'server.conf'],
    'port: 8080\nworkers: 4\n',
    'dev-orders-config: server.conf: 1 line changed, 1 removed',
  ],
  [ordersService, ['spec', 'ports', 0, 'port'], 8080, 'orders: port http 80 → 8080'],
  [ordersService, ['spec', 'ports', 0, 'targetPort'], 'http', 'orders: port http → container port 8080 → http'],
  [ordersService, ['spec', 'type'], 'LoadBalancer', 'orders: type ClusterIP → LoadBalancer'],
  [ordersService, ['spec', 'selector', 'app'], 'payments', 'payments: selects pods by app orders → payments'],
  [uploads, ['spec', 'resources', 'requests', 'storage'], '2Gi', 'dev-uploads: size 1Gi → 2Gi'],
  [
    route,
    ['spec', 'routes', 1, 'services', 0, 'name'],
    'dev-api-svc',
    'dev-shop: route shop.example.com/api/… → Service dev-orders-svc → dev-api-svc',
  ],
  [route, ['spec', 'routes', 1, 'match'], 'PathPrefix(`/v2`)', 'dev-shop: route shop.example.com/api/… → /v2/…'],
  [
    route,
    ['spec', 'routes', 2],
    { kind: 'Rule', match: 'Path(`/admin`)', services: [{ name: 'dev-admin-svc', port: 81 }] },
    'dev-shop: route /admin → dev-admin-svc:81 added',
  ],
  [
    route,
    ['spec', 'routes', 0, 'middlewares'],
    [{ name: 'dev-slash' }, { name: 'dev-strip' }],
    'dev-shop: route /dev: order of middlewares dev-strip, dev-slash → dev-slash, dev-strip',
  ],
  [route, ['spec', 'entryPoints'], ['web', 'websecure'], 'dev-shop: entry point websecure added'],
  [
    policy,
    ['spec', 'egress'],
    [{ to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] } }], ports: [{ port: 443, protocol: 'TCP' }] }],
    'orders-db: lets traffic to 0.0.0.0/0 except 1 block on TCP 443',
  ],
  [policy, ['spec', 'ingress'], [], 'orders-db: no longer lets traffic from app=orders on TCP 5432'],
  [backup, ['spec', 'schedule'], '0 3 * * *', 'orders-db-backup: schedule "0 2 * * *" → "0 3 * * *"'],
  [backup, ['spec', 'suspend'], true, 'orders-db-backup: suspended'],
  [
    namespace,
    ['metadata', 'labels', 'pod-security.kubernetes.io/enforce'],
    'baseline',
    'dev: label pod-security.kubernetes.io/enforce restricted → baseline',
  ],
  [
    project,
    ['spec', 'namespaceResourceWhitelist', 2],
    { group: 'batch', kind: 'CronJob' },
    'shop-dev: kind CronJob (batch) allowed',
  ],
  [
    project,
    ['spec', 'sourceRepos'],
    ['https://example.com/other.git'],
    'shop-dev: repository https://example.com/shop-ops.git removed; shop-dev: repository https://example.com/other.git added',
  ],
];

describe('the owner’s words', () => {
  test.each(cases.map(([object, path, value, words]) => ({ object, path, value, words })))(
    'say: $words',
    ({ object, path, value, words }) => {
      expect(said(object, withValue(object, path, value)).join('; ')).toBe(words);
    },
  );

  test('name the container where the pod has more than one', () => {
    const pair = withValue(orders, [...pod, 'containers', 1], { name: 'proxy', image: 'envoy:1' });

    expect(said(pair, withValue(pair, [...pod, 'containers', 1, 'image'], 'envoy:2'))).toEqual([
      'orders: container proxy: image 1 → 2',
    ]);
  });

  test('say that init containers run in another order, because that means something', () => {
    const one = { name: 'one', image: 'a:1' };
    const two = { name: 'two', image: 'b:1' };
    const before = withValue(orders, [...pod, 'initContainers'], [one, two]);
    const after = withValue(orders, [...pod, 'initContainers'], [two, one]);

    expect(said(before, after)).toEqual(['orders: order of init containers one, two → two, one']);
  });

  test('name the config that changed, not its checksum', () => {
    const before = treeOf(orders, ordersConfig);
    const after = treeOf(
      withValue(
        orders,
        ['spec', 'template', 'metadata', 'annotations', 'portolan/config-checksum'],
        '2222222222222222',
      ),
      withValue(ordersConfig, ['data', 'ENVIRONMENT'], 'test'),
    );

    const { objects, restarts } = diffTrees(before, after);

    expect(objects.flatMap(({ changes }) => changes.map(({ words }) => words))).toEqual([
      'ENVIRONMENT dev → test',
      'config dev-orders-config changed',
    ]);
    expect(restarts).toEqual([
      {
        object: 'Deployment/dev-orders',
        owner: 'orders',
        pods: 2,
        manner: 'rolling',
        causes: ['config dev-orders-config changed'],
      },
    ]);
  });

  test('know the owner by the construct path, and say what a job does', () => {
    const item = (object: KubernetesObject, construct: string) => [{ object, construct }];
    const before = item(backup, 'dev/shop/orders-db/backup/dump/cron-job');
    const after = item(withValue(backup, ['spec', 'schedule'], '0 3 * * *'), 'dev/shop/orders-db/backup/dump/cron-job');

    expect(diffTrees(before, after).objects.map(({ owner }) => owner)).toEqual(['orders-db backup dump']);
  });
});
