import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { digestOf } from '../../../src/cli/project/digest.ts';
import fc from '../../support/properties.ts';

const anything = fc.anything({ withMap: true, withSet: true, withDate: true, withNullPrototype: true });

describe('a digest', () => {
  test('is the same of two values only where no program can tell them apart', () => {
    fc.assert(
      fc.property(anything, anything, (a, b) => {
        expect(digestOf(a)).toBeDefined();
        if (digestOf(a) === digestOf(b)) expect(isDeepStrictEqual(a, b)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    [0, -0],
    [1, '1'],
    [null, undefined],
    [undefined, 'undefined'],
    [{}, { a: undefined }],
    [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
    [{}, []],
    [{}, Object.create(null)],
    [
      [1, [2]],
      [[1], 2],
    ],
    [[undefined], new Array(1)],
    [['a', 'b'], ['a,b']],
    [new Map([['a', 1]]), { a: 1 }],
    [new Map([['a', 1]]), [['a', 1]]],
    [new Set([1]), [1]],
    [new Date(0), 0],
    [new Date(0), [0]],
  ])('tells %j from %j', (a, b) => {
    expect(digestOf(a)).not.toBe(digestOf(b));
  });

  test('is the same however the engine holds a value', () => {
    // A number that was a fraction once, and a text that was part of one in two bytes.
    const fraction = [0.5, 8080];
    fraction[0] = 80;
    expect(digestOf(fraction)).toBe(digestOf([80, 8080]));
    expect(digestOf('é and orders-database'.slice(6))).toBe(digestOf('orders-database'));
  });

  test('is none of what is no data, or holds itself', () => {
    const round: Record<string, unknown> = {};
    round['round'] = round;

    for (const value of [
      () => 1,
      Symbol('a'),
      1n,
      new URL('https://example.com'),
      { a: [() => 1] },
      new Map([[{}, () => 1]]),
      round,
    ])
      expect(digestOf(value)).toBeUndefined();
  });
});
