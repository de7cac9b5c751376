import { describe, expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../../src/model/application.ts';
import { diffTrees } from '../../../src/review/diff/diff-trees.ts';
import { container, orders, treeOf, withValue } from './shop-objects.ts';

const many = (count: number, change: (object: KubernetesObject, i: number) => KubernetesObject) =>
  treeOf(
    ...Array.from({ length: count }, (_, i) =>
      change({ ...orders, metadata: { ...orders.metadata, name: `orders-${i}` } }, i),
    ),
  );

const same = (object: KubernetesObject): KubernetesObject => structuredClone(object);

function milliseconds(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

describe('the time that a diff takes', () => {
  // Absolute times depend on the machine, so each case is held against a small one of its own kind, far from a quadratic 100.
  const cases: readonly (readonly [
    title: string,
    change: (object: KubernetesObject, i: number) => KubernetesObject,
  ])[] = [
    ['of objects that stay', same],
    ['of objects that change', (object, i) => withValue(object, [...container, 'image'], `acme/orders:v${i}`)],
    [
      'of objects that are all renamed',
      (object) => ({ ...same(object), metadata: { ...object.metadata, name: `new-${object.metadata.name}` } }),
    ],
  ];

  test.each(cases)('%s grows with their number', (_, change) => {
    const work = (count: number) => {
      const [before, after] = [many(count, same), many(count, change)];
      return () => diffTrees(before, after);
    };
    const [small, large] = [work(200), work(2000)];
    milliseconds(small);

    expect(milliseconds(large) / Math.max(milliseconds(small), 1)).toBeLessThan(40);
  });
});
