import { describe, expect, test } from '@jest/globals';
import { diffTrees } from '../../../../src/review/diff/diff-trees.ts';
import { treeOfFiles } from '../../../../src/review/diff/tree-object.ts';

const config = (name: string, level: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: shop\ndata:\n  LEVEL: ${level}\n`;

/** A workload as some tool or person wrote it down, that reads a ConfigMap into its environment. */
const workload = (kind: string, name: string, reads: string): string =>
  `{"apiVersion": "apps/v1", "kind": "${kind}", "metadata": {"name": "${name}", "namespace": "shop"}, "spec": {"template": {"spec": {"containers": [{"name": "main", "envFrom": [{"configMapRef": {"name": '${reads}'}}]}]}}}}\n`;

const remarksOf = (workloads: Readonly<Record<string, string>>): readonly string[] => {
  const tree = (level: string) =>
    treeOfFiles(new Map(Object.entries({ 'config.yaml': config('orders.v1', level), ...workloads })));
  return diffTrees(tree('INFO'), tree('DEBUG')).objects.flatMap(({ remarks }) => remarks);
};

describe('pods that keep old values', () => {
  test('are named, of whatever kind that lasts and however their file is written', () => {
    expect(
      remarksOf({
        'a.yaml': workload('Deployment', 'orders', 'orders.v1'),
        'b.yaml': workload('StatefulSet', 'queue', 'orders.v1'),
        'c.yaml': workload('DaemonSet', 'logs', 'orders.v1'),
      }),
    ).toEqual([
      'running pods of Deployment/orders, StatefulSet/queue, DaemonSet/logs keep the old values until they restart',
    ]);
  });

  test('are not those of a job, of another configuration, or of one whose name only begins so', () => {
    expect(
      remarksOf({
        'a.yaml': workload('Job', 'orders', 'orders.v1'),
        'b.yaml': workload('Deployment', 'queue', 'other'),
        'c.yaml': workload('Deployment', 'logs', 'orders.v10'),
      }),
    ).toEqual([]);
  });
});
