import { expect, test } from '@jest/globals';
import { sideBySide } from '../../../scripts/mutation/side-by-side.ts';

test('every item is done once, by whoever is free, and the results are in the order of the items', async () => {
  const waiting: (() => void)[] = [];
  const began: string[] = [];
  const seen: string[] = [];
  const all = sideBySide(
    ['a', 'b'],
    [1, 2, 3, 4],
    async (worker, item) => {
      began.push(`${worker}${item}`);
      if (worker === 'a') await new Promise<void>((resolve) => waiting.push(resolve));
      return item * 10;
    },
    (results) => seen.push(results.map((result) => result ?? '-').join(' ')),
  );
  await Promise.resolve();
  while (seen.length < 3) await Promise.resolve();
  waiting[0]?.();

  expect(await all).toEqual([10, 20, 30, 40]);
  expect(began).toEqual(['a1', 'b2', 'b3', 'b4']);
  expect(seen).toEqual(['- 20 - -', '- 20 30 -', '- 20 30 40', '10 20 30 40']);
});
