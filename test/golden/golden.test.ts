import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import project from '../../project.ts';
import { renderEnvironment } from '../../src/render/render-environment.ts';
import { writeTree } from '../../src/render/write-tree.ts';
import { settings } from '../support/settings.ts';

/**
 * The whole product, rendered: one committed file for each object. `npm run golden` writes them anew;
 * read the difference before you commit it, because it is what will happen in the clusters.
 */
const delivery = project(settings);
const folderOf = (environment: string): string => join(import.meta.dirname, environment);

const filesBelow = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
        .sort()
    : [];

describe.each(delivery.environments.map((environment) => [environment.name, environment] as const))('the golden files of %s', (name, environment) => {
  const { files } = renderEnvironment(delivery, environment, delivery.initialReleases[name]!, settings.platform);
  if (process.env['GOLDEN'] === 'write') writeTree(folderOf(name), files);

  test('are exactly the files that are rendered', () => {
    expect(filesBelow(folderOf(name))).toEqual([...files.keys()]);
  });

  test.each([...files])('%s is the same byte by byte', (path, text) => {
    expect(readFileSync(join(folderOf(name), path), 'utf8')).toBe(text);
  });
});

test('every folder of golden files is an environment', () => {
  const folders = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory());

  expect(folders.map((entry) => entry.name)).toEqual(delivery.environments.map((environment) => environment.name).toSorted());
});
