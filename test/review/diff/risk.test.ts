import { describe, expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../../src/model/application.ts';
import { diffTrees } from '../../../src/review/diff/diff-trees.ts';
import type { RiskNote } from '../../../src/review/diff/tree-diff.ts';
import {
  backup,
  container,
  namespace,
  orders,
  ordersDb,
  ordersService,
  pod,
  policy,
  project,
  route,
  shop,
  treeOf,
  uploads,
  withValue,
} from './shop-objects.ts';

const riskOf = (before: readonly KubernetesObject[], after: readonly KubernetesObject[]) =>
  diffTrees(treeOf(...before), treeOf(...after)).risk;
const text = (notes: readonly RiskNote[]): readonly string[] =>
  notes.map(({ object, message }) => `${object} ${message}`);

type Change = readonly [
  object: KubernetesObject,
  path: readonly (string | number)[],
  value: unknown,
  notes: readonly string[],
];

describe('data at stake', () => {
  const changes: readonly Change[] = [
    [
      uploads,
      ['spec', 'resources', 'requests', 'storage'],
      '2Gi',
      ['PersistentVolumeClaim/dev-uploads size 1Gi → 2Gi'],
    ],
    [
      uploads,
      ['spec', 'storageClassName'],
      'fast',
      ['PersistentVolumeClaim/dev-uploads must be re-created: storage class manual → fast'],
    ],
    [uploads, ['metadata', 'labels'], { team: 'web' }, []],
    [
      ordersDb,
      [...container, 'image'],
      'postgres:18.2',
      ['StatefulSet/dev-orders-db image 18.1 → 18.2; its pods restart'],
    ],
    [
      ordersDb,
      ['spec', 'serviceName'],
      'x',
      ['StatefulSet/dev-orders-db must be re-created: governing Service dev-orders-db-svc → x'],
    ],
    [
      orders,
      [...pod, 'volumes', 0, 'persistentVolumeClaim', 'claimName'],
      'dev-other',
      ['Deployment/dev-orders volume uploads: claim dev-uploads → dev-other'],
    ],
    [orders, [...container, 'image'], 'acme/orders:v2', []],
    [backup, ['spec', 'suspend'], true, ['CronJob/dev-orders-db-backup is suspended']],
  ];

  test.each(
    changes.map(([object, path, value, notes]) => ({
      title: `${object.kind}, ${path.slice(-2).join('.')} = ${JSON.stringify(value)}`,
      object,
      path,
      value,
      notes,
    })),
  )('is told of $title', ({ object, path, value, notes }) => {
    expect(text(riskOf([object], [withValue(object, path, value)]).data)).toEqual(notes);
  });

  test('names what goes', () => {
    expect(text(riskOf([uploads, ordersDb, backup, namespace, orders], []).data)).toEqual([
      'Namespace/dev is removed, and everything in it goes with it once it is deleted',
      'PersistentVolumeClaim/dev-uploads is removed: kept by Argo CD, must be deleted by hand: kubectl delete persistentvolumeclaim dev-uploads -n dev',
      'StatefulSet/dev-orders-db is removed: pruned by Argo CD; claims that it made stay',
      'CronJob/dev-orders-db-backup no longer runs',
    ]);
  });

  test('says that data does not follow a new name', () => {
    const after = { ...uploads, metadata: { ...uploads.metadata, name: 'dev-files' } };

    expect(text(riskOf([uploads], [after]).data)).toEqual([
      'PersistentVolumeClaim/dev-files is removed as dev-uploads and created anew: its data does not follow',
    ]);
  });

  test('is none where everything is new', () => {
    expect(riskOf([], shop).data).toEqual([]);
  });
});

describe('traffic at stake', () => {
  const changes: readonly Change[] = [
    [ordersService, ['spec', 'ports', 0, 'port'], 81, ['Service/dev-orders-svc port http 80 → 81']],
    [ordersService, ['metadata', 'labels'], { team: 'web' }, []],
    [
      route,
      ['spec', 'routes', 1, 'services', 0, 'name'],
      'x',
      ['IngressRoute/dev-shop route shop.example.com/api/… → Service dev-orders-svc → x'],
    ],
    [
      policy,
      ['spec', 'ingress'],
      [],
      ['NetworkPolicy/dev-orders-db no longer lets traffic from app=orders on TCP 5432'],
    ],
    [orders, [...container, 'readinessProbe'], undefined, ['Deployment/dev-orders readiness probe removed']],
    [orders, ['spec', 'replicas'], 0, ['Deployment/dev-orders no pod is left']],
    [
      orders,
      ['spec', 'template', 'metadata', 'labels', 'app'],
      'x',
      ['Deployment/dev-orders pod label app orders → x'],
    ],
    [
      orders,
      ['spec', 'selector', 'matchLabels', 'app'],
      'x',
      ['Deployment/dev-orders must be re-created: no pod runs meanwhile'],
    ],
    [
      ordersDb,
      [...container, 'image'],
      'postgres:18.2',
      ['StatefulSet/dev-orders-db all its pods stop before new ones start: image 18.1 → 18.2'],
    ],
    [orders, [...container, 'image'], 'acme/orders:v2', []],
  ];

  test.each(
    changes.map(([object, path, value, notes]) => ({
      title: `${object.kind}, ${path.slice(-2).join('.')} = ${JSON.stringify(value)}`,
      object,
      path,
      value,
      notes,
    })),
  )('is told of $title', ({ object, path, value, notes }) => {
    expect(text(riskOf([object], [withValue(object, path, value)]).traffic)).toEqual(notes);
  });

  test('names ways that go and ways that are new', () => {
    expect(text(riskOf([ordersService, orders], [route, policy]).traffic)).toEqual([
      'Deployment/dev-orders no longer runs',
      'Service/dev-orders-svc is removed',
      'IngressRoute/dev-shop is new: route /dev, route shop.example.com/api/…',
      'NetworkPolicy/dev-orders-db is new: about app=orders-db, lets traffic from app=orders on TCP 5432',
    ]);
  });
});

describe('security loosened', () => {
  const internet = [{ to: [{ ipBlock: { cidr: '0.0.0.0/0' } }], ports: [{ port: 443, protocol: 'TCP' }] }];
  const changes: readonly Change[] = [
    [
      orders,
      [...container, 'securityContext', 'privileged'],
      true,
      ['Deployment/dev-orders container orders is privileged: it is root on the node'],
    ],
    [
      orders,
      [...container, 'securityContext', 'allowPrivilegeEscalation'],
      undefined,
      ['Deployment/dev-orders container orders may gain privileges'],
    ],
    [
      orders,
      [...container, 'securityContext', 'capabilities'],
      { add: ['NET_ADMIN'] },
      [
        'Deployment/dev-orders container orders keeps capabilities',
        'Deployment/dev-orders container orders gets the capability NET_ADMIN',
      ],
    ],
    [
      orders,
      [...container, 'securityContext', 'readOnlyRootFilesystem'],
      false,
      ['Deployment/dev-orders container orders may write to its own file system'],
    ],
    [
      orders,
      [...pod, 'securityContext'],
      { runAsUser: 0 },
      [
        'Deployment/dev-orders container orders may run as root',
        'Deployment/dev-orders container orders runs as root',
        'Deployment/dev-orders container orders runs without a seccomp profile',
      ],
    ],
    [orders, [...pod, 'hostNetwork'], true, ["Deployment/dev-orders runs in the node's network"]],
    [orders, [...pod, 'automountServiceAccountToken'], true, ['Deployment/dev-orders mounts a service account token']],
    [orders, [...pod, 'serviceAccountName'], 'admin', ['Deployment/dev-orders runs as service account admin']],
    [
      orders,
      [...pod, 'volumes', 2],
      { name: 'host', hostPath: { path: '/etc' } },
      ['Deployment/dev-orders mounts the folder /etc of the node'],
    ],
    [
      orders,
      [...container, 'ports', 0, 'hostPort'],
      80,
      ['Deployment/dev-orders container orders opens port 80 of the node'],
    ],
    [
      orders,
      [...container, 'env', 2],
      { name: 'KEY', valueFrom: { secretKeyRef: { name: 'vault', key: 'k' } } },
      ['Deployment/dev-orders reads Secret vault'],
    ],
    [orders, [...container, 'image'], 'acme/orders:v2', []],
    [
      policy,
      ['spec', 'egress'],
      internet,
      ['NetworkPolicy/dev-orders-db lets traffic of app=orders-db to 0.0.0.0/0 on TCP 443'],
    ],
    [
      policy,
      ['spec', 'ingress', 0, 'from'],
      [],
      ['NetworkPolicy/dev-orders-db lets traffic of app=orders-db from anybody on TCP 5432'],
    ],
    [
      policy,
      ['spec', 'policyTypes'],
      ['Ingress'],
      ['NetworkPolicy/dev-orders-db does not limit what leaves app=orders-db'],
    ],
    [policy, ['spec', 'ingress'], [], []],
    [
      project,
      ['spec', 'namespaceResourceWhitelist', 2],
      { group: 'batch', kind: 'CronJob' },
      ['AppProject/shop-dev allows the kind CronJob (batch)'],
    ],
    [
      project,
      ['spec', 'clusterResourceWhitelist'],
      [{ group: '*', kind: '*' }],
      ['AppProject/shop-dev allows the cluster-wide kind * (*) (a wildcard)'],
    ],
    [project, ['spec', 'sourceRepos'], ['*'], ['AppProject/shop-dev allows the repository * (a wildcard)']],
    [ordersService, ['spec', 'type'], 'NodePort', ['Service/dev-orders-svc is reachable on every node']],
    [
      namespace,
      ['metadata', 'labels', 'pod-security.kubernetes.io/enforce'],
      'baseline',
      ['Namespace/dev allows pods that Pod Security calls baseline'],
    ],
    [
      namespace,
      ['metadata', 'labels'],
      undefined,
      [
        'Namespace/dev allows pods that Pod Security calls baseline',
        'Namespace/dev allows pods that Pod Security calls privileged',
      ],
    ],
  ];

  test.each(
    changes.map(([object, path, value, notes]) => ({
      title: `${object.kind}, ${path.slice(-2).join('.')} = ${JSON.stringify(value)}`,
      object,
      path,
      value,
      notes,
    })),
  )('is told of $title', ({ object, path, value, notes }) => {
    expect(text(riskOf([object], [withValue(object, path, value)]).security)).toEqual(notes);
  });

  test('is not told of what becomes stricter', () => {
    const open = withValue(orders, [...pod, 'hostNetwork'], true);

    expect(riskOf([open], [orders]).security).toEqual([]);
  });

  test('names policies that go, wildcards of new ones, and Secrets of new pods', () => {
    const role = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name: 'reader' },
      rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get', '*'] }],
    };

    expect(text(riskOf([policy], [orders, role]).security)).toEqual([
      'NetworkPolicy/dev-orders-db no longer limits traffic of app=orders-db',
      'Deployment/dev-orders reads Secret bank-token',
      'Role/reader may get secrets',
      'Role/reader may do everything with secrets',
    ]);
  });
});

describe('capacity moved', () => {
  const capacityOf = (before: readonly KubernetesObject[], after: readonly KubernetesObject[]) =>
    Object.fromEntries(Object.entries(riskOf(before, after).capacity).map(([name, moved]) => [name, moved.words]));

  test('sums requests of all pods and the sizes of all claims', () => {
    expect(capacityOf([], shop)).toEqual({ cpu: '0 → 0.3', memory: '0 → 448Mi', storage: '0 → 1124Mi' });
  });

  test('leaves out totals that stay', () => {
    expect(
      capacityOf(
        shop,
        shop.map((object) =>
          object === orders ? withValue(orders, [...container, 'resources', 'requests', 'cpu'], '200m') : object,
        ),
      ),
    ).toEqual({ cpu: '0.3 → 0.5' });
  });

  test('counts autoscaled pods as many as there may be', () => {
    const scaled = withValue(orders, ['spec', 'replicas'], undefined);
    const autoscaler = (maxReplicas: number) => ({
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'a', namespace: 'dev' },
      spec: { maxReplicas, scaleTargetRef: { kind: 'Deployment', name: 'dev-orders' } },
    });

    expect(capacityOf([scaled, autoscaler(2)], [scaled, autoscaler(5)])).toEqual({
      cpu: '0.2 → 0.5',
      memory: '256Mi → 640Mi',
    });
  });

  test('counts an init container only where it asks for more than all that run', () => {
    const init = (cpu: string) =>
      withValue(orders, [...pod, 'initContainers'], [{ name: 'setup', resources: { requests: { cpu } } }]);

    expect(capacityOf([orders], [init('50m')])).toEqual({});
    expect(capacityOf([orders], [init('300m')])).toEqual({ cpu: '0.2 → 0.6' });
  });

  test('is empty where nothing differs', () => {
    expect(capacityOf(shop, shop)).toEqual({});
  });
});
