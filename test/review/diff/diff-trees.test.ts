import { describe, expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../../src/model/application.ts';
import { diffTrees, type DiffOptions } from '../../../src/review/diff/diff-trees.ts';
import { isEqual, type ObjectDiff } from '../../../src/review/diff/tree-diff.ts';
import {
  container,
  orders,
  ordersConfig,
  ordersDb,
  ordersService,
  pod,
  policy,
  shop,
  treeOf,
  uploads,
  withValue,
} from './shop-objects.ts';

const diffOf = (before: readonly KubernetesObject[], after: readonly KubernetesObject[], options?: DiffOptions) =>
  diffTrees(treeOf(...before), treeOf(...after), options);

/** Action, object and remarks of each object, one a line. */
const lines = (objects: readonly ObjectDiff[]): readonly string[] =>
  objects.map(({ action, kind, name, remarks }) => `${action} ${kind}/${name}: ${remarks.join('; ')}`);

const named = (object: KubernetesObject, name: string): KubernetesObject => ({
  ...object,
  metadata: { ...object.metadata, name },
});

describe('the difference of two trees', () => {
  test('is empty for the same objects', () => {
    const diff = diffOf(shop, structuredClone(shop));

    expect(isEqual(diff)).toBe(true);
    expect(diff).toEqual({ objects: [], restarts: [], risk: { data: [], traffic: [], security: [], capacity: {} } });
  });

  test('ignores what a server fills in, quantities in another spelling, and null', () => {
    const live = withValue(
      withValue(
        withValue(orders, [...container, 'resources', 'requests', 'cpu'], 0.1),
        [...container, 'command'],
        null,
      ),
      ['metadata'],
      {
        ...orders.metadata,
        uid: 'a-b-c',
        resourceVersion: '12',
        annotations: {
          'kubectl.kubernetes.io/last-applied-configuration': '{}',
          'deployment.kubernetes.io/revision': '3',
        },
      },
    );

    expect(isEqual(diffOf([orders], [{ ...live, status: { replicas: 2 } }]))).toBe(true);
  });

  test('takes another version of a group as a change of the object', () => {
    const { objects } = diffOf([{ ...policy, apiVersion: 'networking.k8s.io/v1beta1' }], [policy]);

    expect(objects.map(({ action, changes }) => [action, changes])).toEqual([
      ['changed', [{ path: 'apiVersion', before: 'networking.k8s.io/v1beta1', after: 'networking.k8s.io/v1' }]],
    ]);
  });

  test('does not look into files with the same bytes', () => {
    const unread = (text: string) => ({
      path: 'manifests/shop/a.yaml',
      text,
      get object(): KubernetesObject {
        throw new Error('was read');
      },
    });

    expect(isEqual(diffTrees([unread('a: 1\n')], [unread('a: 1\n')]))).toBe(true);
  });

  test('keeps apart two objects of one identity', () => {
    expect(lines(diffOf([ordersConfig], [ordersConfig, ordersConfig]).objects)).toEqual([
      'created ConfigMap/dev-orders-config: keys ENVIRONMENT, server.conf',
    ]);
  });

  test('puts what is lost or made again first', () => {
    const before = [orders, ordersDb, policy];
    const after = [
      withValue(orders, ['spec', 'replicas'], 3),
      withValue(ordersDb, ['spec', 'serviceName'], 'other'),
      ordersConfig,
    ];

    expect(diffOf(before, after).objects.map(({ action, name }) => `${action} ${name}`)).toEqual([
      'recreated dev-orders-db',
      'removed dev-orders-db',
      'changed dev-orders',
      'created dev-orders-config',
    ]);
  });
});

describe('a created object', () => {
  test('is told in a few words', () => {
    expect(lines(diffOf([], shop).objects)).toEqual([
      'created Namespace/dev: ',
      'created ConfigMap/dev-orders-config: keys ENVIRONMENT, server.conf',
      'created IngressRoute/dev-shop: route /dev; route shop.example.com/api/…',
      'created PersistentVolumeClaim/dev-uploads: 1Gi; class manual',
      'created Deployment/dev-orders: 2 replicas; image acme/orders:v1.2',
      'created Service/dev-orders-svc: port 80',
      'created NetworkPolicy/dev-orders-db: about app=orders-db; lets traffic from app=orders on TCP 5432',
      'created StatefulSet/dev-orders-db: 1 replica; image postgres:18.1',
      'created CronJob/dev-orders-db-backup: schedule "0 2 * * *"; image postgres:18.1',
      'created AppProject/shop-dev: ',
    ]);
  });
});

describe('a removed object', () => {
  test('is pruned by Argo CD, kept where it says so, and left to people where Argo CD never applied it', () => {
    expect(lines(diffOf(shop, []).objects)).toEqual([
      'removed Namespace/dev: not removed by Argo CD, must be deleted by hand: kubectl delete namespace dev',
      'removed ConfigMap/dev-orders-config: pruned by Argo CD',
      'removed IngressRoute/dev-shop: pruned by Argo CD',
      'removed PersistentVolumeClaim/dev-uploads: kept by Argo CD, must be deleted by hand: kubectl delete persistentvolumeclaim dev-uploads -n dev',
      'removed Deployment/dev-orders: pruned by Argo CD',
      'removed Service/dev-orders-svc: pruned by Argo CD',
      'removed NetworkPolicy/dev-orders-db: pruned by Argo CD',
      'removed StatefulSet/dev-orders-db: pruned by Argo CD; claims that it made stay',
      'removed CronJob/dev-orders-db-backup: pruned by Argo CD',
      'removed AppProject/shop-dev: not removed by Argo CD, must be deleted by hand: kubectl delete appproject.argoproj.io shop-dev -n argocd',
    ]);
  });

  test('stays where Argo CD does not prune', () => {
    expect(diffOf([orders], [], { prunes: false }).objects.map(({ fate, remarks }) => [fate, remarks])).toEqual([
      ['kept', ['kept by Argo CD, must be deleted by hand: kubectl delete deployment.apps dev-orders -n dev']],
    ]);
  });

  test('takes its claims along where it says so', () => {
    const before = withValue(ordersDb, ['spec', 'persistentVolumeClaimRetentionPolicy'], { whenDeleted: 'Delete' });

    expect(lines(diffOf([before], []).objects)).toEqual([
      'removed StatefulSet/dev-orders-db: pruned by Argo CD; claims that it made are deleted with it',
    ]);
  });
});

describe('a re-created object', () => {
  const cases: readonly (readonly [
    title: string,
    before: KubernetesObject,
    path: readonly (string | number)[],
    value: unknown,
    remark: string,
  ])[] = [
    [
      'a Deployment with another selector',
      orders,
      ['spec', 'selector', 'matchLabels', 'app'],
      'shop',
      'the sync fails until it is deleted by hand: kubectl delete deployment.apps dev-orders -n dev',
    ],
    [
      'a StatefulSet with another Service',
      ordersDb,
      ['spec', 'serviceName'],
      'x',
      'the sync fails until it is deleted by hand, its pods and claims can stay: kubectl delete statefulset.apps dev-orders-db -n dev --cascade=orphan',
    ],
    [
      'a StatefulSet with other claims',
      ordersDb,
      ['spec', 'volumeClaimTemplates', 0, 'spec', 'storageClassName'],
      'fast',
      'the sync fails until it is deleted by hand, its pods and claims can stay: kubectl delete statefulset.apps dev-orders-db -n dev --cascade=orphan',
    ],
    [
      'a claim of another class',
      uploads,
      ['spec', 'storageClassName'],
      'fast',
      'the sync fails until it is deleted by hand; its data goes with it, so save the data first',
    ],
    [
      'a claim that shrinks',
      uploads,
      ['spec', 'resources', 'requests', 'storage'],
      '512Mi',
      'the sync fails until it is deleted by hand; its data goes with it, so save the data first',
    ],
    [
      'a Service that becomes headless',
      ordersService,
      ['spec', 'clusterIP'],
      'None',
      'the sync fails until it is deleted by hand: kubectl delete service dev-orders-svc -n dev',
    ],
  ];

  test.each(cases)('is %s', (_, before, path, value, remark) => {
    const [object] = diffOf([before], [withValue(before, path, value)]).objects;

    expect(object?.action).toBe('recreated');
    expect(object?.remarks).toEqual([remark]);
    expect(object?.changes.every(({ immutable }) => immutable !== undefined)).toBe(true);
  });

  test('is no claim that grows, which needs a StorageClass that allows it', () => {
    expect(
      lines(diffOf([uploads], [withValue(uploads, ['spec', 'resources', 'requests', 'storage'], '2Gi')]).objects),
    ).toEqual([
      'changed PersistentVolumeClaim/dev-uploads: grows in place only where its StorageClass allows expansion',
    ]);
  });

  test('marks only the fields that cannot change in place', () => {
    const after = withValue(withValue(ordersDb, ['spec', 'serviceName'], 'x'), ['spec', 'replicas'], 2);

    expect(
      diffOf([ordersDb], [after]).objects[0]?.changes.map(({ path, immutable }) => [path, immutable !== undefined]),
    ).toEqual([
      ['spec.replicas', false],
      ['spec.serviceName', true],
    ]);
  });
});

describe('a renamed object', () => {
  test('is recognised by its content', () => {
    const { objects } = diffOf([ordersService, ordersDb], [named(ordersService, 'dev-shop-svc'), ordersDb]);

    expect(
      objects.map(({ action, name, renamedFrom, changes, remarks }) => [action, name, renamedFrom, changes, remarks]),
    ).toEqual([['renamed', 'dev-shop-svc', 'dev-orders-svc', [], ['the old one: pruned by Argo CD']]]);
  });

  test('may differ in little', () => {
    const after = named(withValue(orders, [...container, 'image'], 'acme/orders:v2'), 'dev-shop');

    expect(
      diffOf([orders], [after]).objects.map(({ action, changes }) => [action, changes.map(({ words }) => words)]),
    ).toEqual([['renamed', ['image v1.2 → v2']]]);
  });

  test('may be in another namespace', () => {
    const after = { ...ordersConfig, metadata: { ...ordersConfig.metadata, namespace: 'test' } };

    expect(diffOf([ordersConfig], [after]).objects.map(({ action, renamedFrom }) => [action, renamedFrom])).toEqual([
      ['renamed', 'dev/dev-orders-config'],
    ]);
  });

  test('is none that has other content', () => {
    const other = named(withValue(ordersConfig, ['data'], { COLOUR: 'blue' }), 'dev-payments-config');

    expect(diffOf([ordersConfig], [other]).objects.map(({ action }) => action)).toEqual(['removed', 'created']);
  });

  test('is the most alike of several', () => {
    const renamed = (name: string, image: string) => named(withValue(orders, [...container, 'image'], image), name);
    const before = [renamed('one', 'acme/alpha:v1'), renamed('two', 'acme/beta:v1')];
    const after = [renamed('second', 'acme/beta:v1'), renamed('first', 'acme/alpha:v1')];

    expect(diffOf(before, after).objects.map(({ name, renamedFrom }) => `${renamedFrom ?? ''} → ${name}`)).toEqual([
      'one → first',
      'two → second',
    ]);
  });
});

describe('the pods that restart', () => {
  const restartsOf = (before: KubernetesObject, after: KubernetesObject) => diffOf([before], [after]).restarts;

  test('are those whose template changes', () => {
    expect(restartsOf(orders, withValue(orders, [...container, 'image'], 'acme/orders:v1.3'))).toEqual([
      { object: 'Deployment/dev-orders', owner: 'orders', pods: 2, manner: 'rolling', causes: ['image v1.2 → v1.3'] },
    ]);
  });

  test('are none where only their number changes', () => {
    expect(restartsOf(orders, withValue(orders, ['spec', 'replicas'], 3))).toEqual([]);
  });

  test('are none where there is no pod before or after', () => {
    const after = withValue(withValue(orders, [...container, 'image'], 'acme/orders:v1.3'), ['spec', 'replicas'], 0);

    expect(restartsOf(orders, after)).toEqual([]);
  });

  test('stop all at once where the Deployment says Recreate, or the StatefulSet has one', () => {
    const recreate = withValue(orders, ['spec', 'strategy', 'type'], 'Recreate');

    expect(
      restartsOf(recreate, withValue(recreate, [...pod, 'terminationGracePeriodSeconds'], 5)).map(
        ({ manner }) => manner,
      ),
    ).toEqual(['allAtOnce']);
    expect(
      restartsOf(ordersDb, withValue(ordersDb, [...container, 'image'], 'postgres:18.2')).map(({ manner }) => manner),
    ).toEqual(['allAtOnce']);
  });

  test('wait for a hand where the StatefulSet says OnDelete', () => {
    const before = withValue(ordersDb, ['spec', 'updateStrategy'], { type: 'OnDelete' });

    expect(
      restartsOf(before, withValue(before, [...container, 'image'], 'postgres:18.2')).map(({ manner }) => manner),
    ).toEqual(['byHand']);
  });

  test('restart for an order that means nothing too, and then no object differs', () => {
    const env = [...orders.spec.template.spec.containers[0]!.env].reverse();
    const diff = diffOf([orders], [withValue(orders, [...container, 'env'], env)]);

    expect(diff.objects).toEqual([]);
    expect(diff.restarts).toEqual([
      {
        object: 'Deployment/dev-orders',
        owner: 'orders',
        pods: 2,
        manner: 'rolling',
        causes: ['order of spec.containers[orders].env'],
      },
    ]);
    expect(isEqual(diff)).toBe(false);
  });

  test('keep old values when a ConfigMap changes and nothing restarts them', () => {
    const { objects, restarts } = diffOf(
      [orders, ordersConfig],
      [orders, withValue(ordersConfig, ['data', 'ENVIRONMENT'], 'test')],
    );

    expect(restarts).toEqual([]);
    expect(lines(objects)).toEqual([
      'changed ConfigMap/dev-orders-config: running pods of Deployment/dev-orders keep the old values until they restart',
    ]);
  });

  test('keep nothing old when only the labels of a ConfigMap change', () => {
    const { objects } = diffOf(
      [orders, ordersConfig],
      [orders, withValue(ordersConfig, ['metadata', 'labels'], { tier: 'shop' })],
    );

    expect(lines(objects)).toEqual(['changed ConfigMap/dev-orders-config: ']);
  });
});
