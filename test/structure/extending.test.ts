import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const page = readFileSync('docs/extending.md', 'utf8');

/** Lines without what comes before them, so that a piece of a file is found wherever it stands. */
const flat = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .join('\n');

/** Every piece of TypeScript on the page, and the file that compiles it. */
const pieces: readonly (readonly [part: string, file: string])[] = [
  ['\nexport const ownSettings', 'test/model/settings/extending-example.ts'],
  ['\nconst constructs', 'test/charts/extending-example.ts'],
];

test('what docs/extending.md shows is what compiles and is tried', () => {
  const shown = [...page.matchAll(/```ts\n([^`]*(?:`(?!``)[^`]*)*)```/g)].map(([, code = '']) => code);

  expect(shown).toEqual(pieces.map(([part]) => expect.stringContaining(part)));
  for (const [i, [, file]] of pieces.entries())
    for (const part of (shown[i] ?? '').split('\n\n').filter((it) => !it.startsWith('import ')))
      expect(flat(readFileSync(file, 'utf8'))).toContain(flat(part));
});
