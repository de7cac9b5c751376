import { describe, expect, test } from '@jest/globals';
import { allCases } from '../../e2e/pulumi/faults/broken-off.ts';
import { faults } from '../../e2e/pulumi/faults/fault.ts';
import { inTurn, spread } from '../../e2e/pulumi/faults/in-turn.ts';

const numbers = (length: number): readonly number[] => Array.from({ length }, (_, i) => i);

describe('what a run of CI takes of all that may go wrong', () => {
  test.each([
    ['hour', 1],
    ['day', 24],
    ['week', 168],
  ])('comes to each one, where CI runs every %s', (_every, hours) => {
    for (const length of [2, 10, 28, 33, 35, 49, 77, 96, 168])
      for (const count of [1, 2, 3]) {
        const all = numbers(length);
        // A cycle is at most as long as it is to the next prime.
        const seen = new Set(numbers(length + 20).flatMap((i) => inTurn(all, count, 495_000 + i * hours)));
        expect([length, count, seen.size]).toEqual([length, count, length]);
      }
  });

  test('is as many as were asked for, or all', () => {
    expect(inTurn(numbers(100), 3, 7)).toHaveLength(3);
    expect(inTurn(numbers(3), 5, 7)).toEqual([0, 1, 2]);
    expect(inTurn(numbers(100), 3, 7)).not.toEqual(inTurn(numbers(100), 3, 8));
  });

  test('is every fault at every call, and in a whole run in an order that is always the same', () => {
    const all = allCases(7, faults);
    const name = (one: (typeof all)[number]): string => `${one.call} ${one.fault.name}`;

    expect(new Set(all.map(name)).size).toBe(7 * faults.length);
    expect(spread(all, name)).toEqual(spread([...all].reverse(), name));
    expect(spread(all, name)).not.toEqual(all);
    expect(spread(all, name)).toHaveLength(all.length);
  });
});
