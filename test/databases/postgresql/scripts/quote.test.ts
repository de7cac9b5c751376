import { expect, test } from '@jest/globals';
import { quoteForShell, quoteIdentifier, quoteLiteral } from '../../../../src/databases/postgresql/scripts/quote.ts';

test('a shell word keeps quotes, dollars and line ends', () => {
  expect(quoteForShell(`a'b"$c\nd`)).toBe(`'a'\\''b"$c\nd'`);
});

test('an identifier keeps its hyphen and its quotes', () => {
  expect(quoteIdentifier('orders-"dev"')).toBe('"orders-""dev"""');
});

test('an SQL string keeps its quotes', () => {
  expect(quoteLiteral(`it's`)).toBe(`'it''s'`);
});
