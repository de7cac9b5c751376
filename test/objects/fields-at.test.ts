import { describe, expect, test } from '@jest/globals';
import { fieldAt, listAt, textAt } from '../../src/objects/fields-at.ts';

const object = { spec: { versions: [{ name: 'v1', served: true }], empty: null }, metadata: { name: 'orders' } };

describe('a field at a path', () => {
  test('is found by names, and in lists by places', () => {
    expect(fieldAt(object, 'spec', 'versions', 0, 'served')).toBe(true);
    expect(textAt(object, 'metadata', 'name')).toBe('orders');
    expect(listAt(object, 'spec', 'versions')).toEqual([{ name: 'v1', served: true }]);
  });

  test('is nothing, an empty text or an empty list where a step is missing or something else stands', () => {
    expect(fieldAt(object, 'status', 'phase')).toBeUndefined();
    expect(fieldAt(undefined, 'spec')).toBeUndefined();
    expect(fieldAt(object, 'spec', 'empty', 'below')).toBeUndefined();
    expect(textAt(object, 'spec', 'versions')).toBe('');
    expect(listAt(object, 'metadata', 'name')).toEqual([]);
  });
});
