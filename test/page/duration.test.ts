import { expect, test } from '@jest/globals';
import { durationWords, shortDuration } from '../../src/page/look/duration.ts';

test.each([
  [0, 'less than a second'],
  [1000, '1 second'],
  [61_000, '1 minute 1 second'],
  [3_600_000, '1 hour'],
  [3_605_000, '1 hour'],
  [90_000_000, '1 day 1 hour'],
  [-5, 'less than a second'],
])('%i ms is said as %s', (milliseconds, words) => {
  expect(durationWords(milliseconds)).toBe(words);
});

test('an axis says one unit', () => {
  expect([500, 60_000, 5_400_000, 259_200_000].map(shortDuration)).toEqual(['0.5 s', '1 min', '1.5 h', '3 d']);
});
