import { expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';

const bundler = join(import.meta.dirname, '..', '..', 'bin', 'bundle.mjs');

/** The files that some code of the bundle comes from, of the program and what it shares with projects. */
async function bundledFiles(): Promise<readonly string[]> {
  const cacheFolder = mkdtempSync(join(tmpdir(), 'bundle-'));
  const root = process.cwd();
  try {
    const { bundleProgram } = (await import(bundler)) as {
      bundleProgram: (from: Record<string, unknown>) => Promise<{ readonly folderName: string }>;
    };
    const place = join(cacheFolder, 'portolan', 'place');
    const { folderName } = await bundleProgram({
      packageFolder: root,
      entry: 'src/cli/main.ts',
      cacheFolder: place,
      contentKey: () => '',
      stamped: (files: readonly string[]) => ({ files }),
    });
    const folder = join(place, folderName);
    const maps = readdirSync(folder).filter((name) => name.endsWith('.map'));
    const sources = maps.flatMap(
      (name) => (JSON.parse(readFileSync(join(folder, name), 'utf8')) as { sources: string[] }).sources,
    );
    return [...new Set(sources.map((source) => relative(root, resolve(folder, source))))];
  } finally {
    rmSync(cacheFolder, { recursive: true });
  }
}

test('no start reads what nobody uses of a package, or a second copy of one', async () => {
  const files = await bundledFiles();

  expect(files).toContain('src/model/settings/own-settings.ts');
  expect(files).toContain('node_modules/zod/v4/core/schemas.js');
  // Messages in forty languages, and what compiles schemas: whoever takes a value from Zod as a whole takes them along.
  expect(files.filter((file) => /\/zod\/v4\/(?:locales\/(?!en\.js)|core\/compile)/.test(file))).toEqual([]);
  expect(files.filter((file) => file.includes('/cdk8s-plus-28/'))).toEqual([
    'node_modules/cdk8s-plus-28/src/imports/k8s.ts',
  ]);
  // cdk8s brings a copy of its own, of the same version.
  expect(files).toContain('node_modules/yaml/dist/index.js');
  expect(files.filter((file) => /node_modules\/.*node_modules\/yaml\//.test(file))).toEqual([]);
});
