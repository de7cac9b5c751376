import { expect, jest, test } from '@jest/globals';
import { once } from '../../../src/model/validation/once.ts';

test('asks once for each key', () => {
  const count = jest.fn((key: { readonly items: readonly string[] }) => key.items.length);
  const counted = once(count);
  const [one, other] = [{ items: ['a'] }, { items: ['a', 'b'] }];

  expect([counted(one), counted(one), counted(other), counted(one)]).toEqual([1, 1, 2, 1]);
  expect(count).toHaveBeenCalledTimes(2);
});
