import { expect, test } from '@jest/globals';
import { KnownTexts } from '../../src/objects/known-texts.ts';

test('remembers short texts, and forgets all of them before they become too many', () => {
  const known = new KnownTexts();
  for (let i = 0; i < 2000; i++) known.add(`text-${i}`);

  expect([known.has('text-0'), known.has('text-1999'), known.has('text-2000')]).toEqual([true, true, false]);

  known.add('one more');
  expect([known.has('text-0'), known.has('one more')]).toEqual([false, true]);
});

test('does not keep files', () => {
  const known = new KnownTexts();
  known.add('x'.repeat(100));
  known.add('x'.repeat(101));

  expect([known.has('x'.repeat(100)), known.has('x'.repeat(101))]).toEqual([true, false]);
});
