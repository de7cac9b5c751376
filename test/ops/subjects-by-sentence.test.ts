import { expect, test } from '@jest/globals';
import { subjectsBySentence } from '../../src/ops/subjects-by-sentence.ts';

test('says a sentence once, with everything that it is said of', () => {
  expect(
    subjectsBySentence([
      ['orders', 'is old'],
      ['bank', 'is new'],
      ['payments', 'is old'],
    ]),
  ).toEqual([
    ['is old', ['orders', 'payments']],
    ['is new', ['bank']],
  ]);
});
