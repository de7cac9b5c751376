import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { differingFields } from '../../../src/pulumi/cluster/differing-fields.ts';

describe('what an update would change in a live object', () => {
  test('is named by field, and what the cluster filled in is not', () => {
    const wanted = {
      metadata: { name: 'shop', labels: { 'app.kubernetes.io/name': 'shop', tier: 'web' } },
      spec: { sources: [{ url: 'a' }, { url: 'b' }], project: 'shop' },
    };
    const live = {
      metadata: { name: 'shop', uid: '1', labels: { tier: 'db' } },
      spec: { sources: [{ url: 'a', depth: 1 }, { url: 'c' }], project: 'shop', revision: 3 },
      status: {},
    };

    expect(differingFields(wanted, live)).toEqual([
      'metadata.labels."app.kubernetes.io/name"',
      'metadata.labels.tier',
      'spec.sources',
    ]);
  });

  test('is a whole list where the live one is longer or shorter', () => {
    expect(differingFields({ list: [1] }, { list: [1, 2] })).toEqual(['list']);
    expect(differingFields({ list: [] }, {})).toEqual(['list']);
  });

  test('is nothing between an object and itself, and something once a value differs', () => {
    const values = fc.jsonValue({ maxDepth: 3 }).map((value): unknown => JSON.parse(JSON.stringify(value)));
    fc.assert(
      fc.property(values, (value) => {
        expect(differingFields({ value, more: 1 }, { value, more: 1, filledIn: true })).toEqual([]);
        expect(differingFields({ value, more: 1 }, { value, more: 2 })).toEqual(['more']);
      }),
      { numRuns: 50 },
    );
  });
});
