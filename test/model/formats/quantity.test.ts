import { describe, expect, test } from '@jest/globals';
import { describeCpu, describeMemory, parseQuantity } from '../../../src/model/formats/quantity.ts';

describe('a Kubernetes quantity', () => {
  test.each([
    ['0', 0],
    ['250m', 0.25],
    ['1.5', 1.5],
    ['.5', 0.5],
    ['2.', 2],
    ['+1', 1],
    ['1k', 1000],
    ['1Ki', 1024],
    ['2432Mi', 2432 * 2 ** 20],
    ['1e3', 1000],
    ['1E3', 1000],
    ['1E', 1e18],
    ['5e-1', 0.5],
  ])('%s is %d', (quantity, number) => {
    expect(parseQuantity(quantity)).toBe(number);
  });

  test.each(['', 'm', '1 Gi', '1GB', '-1', '1mi', 'one', '1e', '0x10', '1,5', 'Infinity'])(
    'fails to be "%s"',
    (quantity) => {
      expect(parseQuantity(quantity)).toBeUndefined();
    },
  );

  test('is written as people write it', () => {
    expect([describeCpu(3.6), describeCpu(0.1 + 0.2), describeCpu(4)]).toEqual(['3.6', '0.3', '4']);
    expect([
      describeMemory(3072 * 2 ** 20),
      describeMemory(576 * 2 ** 20),
      describeMemory(1.5 * 2 ** 30),
      describeMemory(1000),
    ]).toEqual(['3Gi', '576Mi', '1.5Gi', '1000']);
  });
});
