import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import project from '../../project.ts';
import { everyEngine } from '../../src/engines/engines.ts';
import { renderEnvironment } from '../../src/render/render-environment.ts';
import { writeTree } from '../../src/render/write-tree.ts';
import { settings } from '../support/settings.ts';

/**
 * The whole product, rendered: one committed file for each object. `npm run golden` writes them anew;
 * read the difference before you commit it, because it is what will happen in the clusters.
 */
const delivery = project(settings);

/** The same for the engine that the product is not followed by, in a folder of its own: one word of the product is another. */
const products = everyEngine.map(({ kind }) => ({ engine: kind, delivery: project(settings, kind) }));
const own = delivery.stages[0]?.engine.kind;
const rootOf = (engine: string): string => join(import.meta.dirname, engine === own ? '' : engine);

const renderings = products.flatMap((product) =>
  product.delivery.environments.map((environment) => ({
    name: environment.name,
    folder: join(rootOf(product.engine), environment.name),
    engine: product.engine,
    files: renderEnvironment(
      product.delivery,
      environment,
      product.delivery.initialReleases[environment.name]!,
      settings.platform,
    ).files,
  })),
);

const filesBelow = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
        .sort()
    : [];

describe.each(renderings)('the golden files of $name, followed by $engine', ({ folder, files }) => {
  if (process.env['GOLDEN'] === 'write') writeTree(folder, files);

  test('are exactly the files that are rendered', () => {
    expect(filesBelow(folder)).toEqual([...files.keys()]);
  });

  test.each([...files])('%s is the same byte by byte', (path, text) => {
    expect(readFileSync(join(folder, path), 'utf8')).toBe(text);
  });
});

test('every folder of golden files is an environment, or an engine with environments', () => {
  const foldersIn = (folder: string): readonly string[] =>
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
  const environments = delivery.environments.map(({ name }) => name).toSorted();
  const others = products.map(({ engine }) => engine).filter((engine) => engine !== own);

  expect(foldersIn(import.meta.dirname)).toEqual([...environments, ...others].toSorted());
  for (const engine of others) expect(foldersIn(rootOf(engine))).toEqual(environments);
});
