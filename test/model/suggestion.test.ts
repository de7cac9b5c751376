import { describe, expect, test } from '@jest/globals';
import { closest, oneOf, unknownName } from '../../src/model/suggestion.ts';
import fc from '../support/properties.ts';

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

/** How many letters must change, by the book: every way is tried. */
function changes(from: string, to: string): number {
  if (from === '' || to === '') return from.length + to.length;
  const [a, b] = [from.slice(1), to.slice(1)];
  const swapped =
    from.length > 1 && to.length > 1 && to.startsWith(from.slice(1, 2)) && from.startsWith(to.slice(1, 2));
  return Math.min(
    changes(a, to) + 1,
    changes(from, b) + 1,
    changes(a, b) + (to.startsWith(from.charAt(0)) ? 0 : 1),
    ...(swapped ? [changes(from.slice(2), to.slice(2)) + 1] : []),
  );
}

test('the closest word is one with the fewest changes, the first of them, and nearer than half of the word and three', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(word, fc.array(word, { maxLength: 4 }), (given, known) => {
      const limit = Math.min(3, Math.ceil(given.length / 2));
      const distances = known.map((candidate) => changes(given, candidate));
      const least = Math.min(...distances);

      expect(closest(given, known)).toBe(least < limit ? known[distances.indexOf(least)] : undefined);
    }),
    { numRuns: 300 },
  );
});

test('of a swap at the end, at the start, and of letters that only look like one, the swap alone is one mistake', () => {
  expect(closest('abcdfe', ['abcdef'])).toBe('abcdef');
  expect(closest('bacdef', ['abcdef'])).toBe('abcdef');
  expect(closest('xa', ['ax'])).toBeUndefined();
  expect(closest('ayb', ['bya', 'azb'])).toBe('azb');
});
