import { describe, expect, test } from '@jest/globals';
import { closest, oneOf, unknownName } from '../../src/model/suggestion.ts';

describe('what a person most likely meant', () => {
  test('is the nearest word, a swap of neighbours being one mistake', () => {
    expect(closest('paymets', ['orders', 'payments', 'payment'])).toBe('payments');
    expect(closest('dve', ['dev', 'prod'])).toBe('dev');
    expect(closest('orders', ['order', 'orders'])).toBe('orders');
    expect(closest('Replicas', ['selector', 'replicas'])).toBe('replicas');
    expect(closest('revisionHistorylimits', ['replicas', 'revisionHistoryLimit'])).toBe('revisionHistoryLimit');
    expect(closest('name', ['nama', 'namo'])).toBe('nama');
  });

  test('is nothing when no word is near', () => {
    expect(closest('refunds', ['orders', 'payments'])).toBeUndefined();
    expect(closest('a', ['b', 'c'])).toBeUndefined();
    expect(closest('', ['a'])).toBeUndefined();
    expect(closest('dev', [])).toBeUndefined();
  });

  test('is told alone, else all known words are, or that there are none', () => {
    expect(unknownName('service', 'orderz', ['orders', 'payments'])).toBe(
      'there is no service of this name; write "orders"',
    );
    expect(unknownName('service', 'refunds', ['orders', 'payments'])).toBe(
      'there is no service of this name; write "orders" or "payments"',
    );
    expect(unknownName('service', 'refunds', [])).toBe('there is no service of this name, and none is declared');
  });

  test('is cut short when there are many', () => {
    const words = Array.from({ length: 12 }, (_, i) => `service-${i}`);

    expect(oneOf(words)).toBe(
      `${words
        .slice(0, 10)
        .map((word) => `"${word}"`)
        .join(', ')} or one of 2 more`,
    );
    expect(oneOf(['a', 'b', 'c'])).toBe('"a", "b" or "c"');
    expect(oneOf(['a'])).toBe('"a"');
  });
});
