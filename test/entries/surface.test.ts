import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { publicSurface, surfaceDocument } from '../../scripts/public-surface.ts';

const surface = publicSurface();

/** Types that a user has without Portolan: of the language, and of cdk8s and constructs. */
const known = new Set(
  'ApiObject Array Construct NonNullable Omit Pick Readonly ReadonlyMap Record TemplateStringsArray'.split(' '),
);

test('what the package exports is what docs/surface.md says; "npm run surface" writes it', () => {
  expect(readFileSync('docs/surface.md', 'utf8')).toBe(surfaceDocument(surface));
});

test('the package exports the model, the constructs, the imports, and what Pulumi calls, and nothing deeper', () => {
  expect(surface.map(({ from, entry }) => [from, entry])).toEqual([
    ['@portolan-delivery/portolan', 'src/entries/model.ts'],
    ['@portolan-delivery/portolan/constructs', 'src/entries/constructs.ts'],
    ['@portolan-delivery/portolan/imports/traefik.io', 'imports/traefik.io.ts'],
    ['@portolan-delivery/portolan/pulumi', undefined],
    ['@portolan-delivery/portolan/package.json', undefined],
  ]);
});

test('every export says what it is for', () => {
  const silent = surface.flatMap(({ exports }) => exports.filter(({ documented }) => !documented));

  expect(silent.map(({ name, file }) => `${file}: ${name}`)).toEqual([]);
});

test('what an export is made of is exported too, so that a user can name it', () => {
  const exported = new Set([...known, ...surface.flatMap(({ exports }) => exports.map(({ name }) => name))]);
  const unnamed = surface.flatMap(({ from, exports }) =>
    exports.flatMap(({ name, mentions }) =>
      mentions.filter((it) => !exported.has(it)).map((it) => `${from}: ${name} mentions ${it}`),
    ),
  );

  expect(unnamed).toEqual([]);
});

test('words.ts has all values that the package exports under its own name, but the types of settings', async () => {
  const all = await import('../../src/entries/model.ts');
  const words = await import('../../src/entries/words.ts');

  expect([...Object.keys(words), 'z'].sort()).toEqual(Object.keys(all).sort());
});
