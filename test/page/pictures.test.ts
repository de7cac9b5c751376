import { readdirSync, readFileSync, statSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { pictureOf, schemes } from './shown/pictures.ts';
import { shownSystems } from './shown/shown-systems.ts';

const pictures = Object.keys(shownSystems).flatMap((name) => schemes.map((scheme) => pictureOf(name, scheme)));

test('docs/page.md shows the page of each system, light and dark, in small files, and no picture is kept of another', () => {
  const document = readFileSync('docs/page.md', 'utf8');
  const kept = readdirSync('docs/pictures').filter((name) => name.startsWith('page-'));

  expect(kept.sort()).toEqual(pictures.map((path) => path.replace('docs/pictures/', '')).sort());
  for (const path of pictures) {
    expect(document).toContain(`"${path.replace('docs/', '')}"`);
    expect(readFileSync(path).subarray(8, 12).toString('latin1')).toBe('WEBP');
    expect(statSync(path).size).toBeLessThan(150_000);
  }
});
