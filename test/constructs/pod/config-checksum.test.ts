import { describe, expect, test } from '@jest/globals';
import { checksumOf } from '../../../src/constructs/pod/config-checksum.ts';
import fc from '../../support/properties.ts';

const configs = fc.dictionary(fc.string({ minLength: 1 }), fc.dictionary(fc.string({ minLength: 1 }), fc.string()));

const reversed = <Value>(record: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> =>
  Object.fromEntries(Object.entries(record).reverse());

describe('checksumOf', () => {
  test('is the same in any order of names and keys', () => {
    fc.assert(
      fc.property(configs, (data) => {
        const turned = reversed(Object.fromEntries(Object.entries(data).map(([name, keys]) => [name, reversed(keys)])));
        expect(checksumOf(turned)).toBe(checksumOf(data));
      }),
    );
  });

  test('is another one when a key moves from one ConfigMap to another', () => {
    expect(checksumOf({ a: { K: '1' }, b: {} })).not.toBe(checksumOf({ a: {}, b: { K: '1' } }));
    expect(checksumOf({ a: { K: '1' } })).not.toBe(checksumOf({ a: { K1: '' } }));
  });
});
