import { describe, expect, test } from '@jest/globals';
import { diffTrees } from '../../../../src/review/diff/diff-trees.ts';
import { formatJson } from '../../../../src/review/diff/format/format-json.ts';
import { orders, ordersService, shop, treeOf, withValue } from '../shop-objects.ts';

describe('a diff as JSON', () => {
  test('has a documented shape', () => {
    const before = treeOf(orders, ordersService);
    const after = treeOf(withValue(orders, ['spec', 'replicas'], 3));

    expect(JSON.parse(formatJson(diffTrees(before, after), 'dev'))).toEqual({
      apiVersion: 'portolan/v1',
      kind: 'Diff',
      title: 'dev',
      equal: false,
      risk: {
        data: [],
        traffic: [{ object: 'Service/dev-orders-svc', message: 'is removed' }],
        security: [],
        capacity: {
          cpu: { before: 0.2, after: 0.3, words: '0.2 → 0.3' },
          memory: { before: 268435456, after: 402653184, words: '256Mi → 384Mi' },
        },
      },
      restarts: [],
      objects: [
        {
          action: 'removed',
          apiVersion: 'v1',
          kind: 'Service',
          namespace: 'dev',
          name: 'dev-orders-svc',
          owner: 'orders',
          path: 'manifests/shop/service.dev-orders-svc.yaml',
          changes: [],
          remarks: ['pruned by Argo CD'],
          fate: 'pruned',
        },
        {
          action: 'changed',
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          namespace: 'dev',
          name: 'dev-orders',
          owner: 'orders',
          path: 'manifests/shop/deployment.dev-orders.yaml',
          changes: [{ path: 'spec.replicas', before: 2, after: 3, words: '2 → 3 replicas' }],
          remarks: [],
        },
      ],
    });
  });

  test('says that nothing differs', () => {
    expect(JSON.parse(formatJson(diffTrees(treeOf(...shop), treeOf(...shop))))).toEqual({
      apiVersion: 'portolan/v1',
      kind: 'Diff',
      equal: true,
      risk: { data: [], traffic: [], security: [], capacity: {} },
      restarts: [],
      objects: [],
    });
  });
});
