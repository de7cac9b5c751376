import { posix } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { sourceFile, sourceFilesUnder, type SourceFile } from './source-file.ts';

const most = 15;

/** Folders that hold more files than one can look over. */
function crowded(files: readonly SourceFile[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { path } of files) counts.set(posix.dirname(path), (counts.get(posix.dirname(path)) ?? 0) + 1);
  return [...counts].flatMap(([folder, count]) =>
    count > most ? [`${folder}: must hold at most ${most} files, got ${count}`] : [],
  );
}

/** The room of a stage that a file lies in: its first folder, or the file itself where it lies at the top. */
const roomOf = (path: string): string => path.split('/').slice(0, 3).join('/');

/** Rooms of a stage that import one another, in a circle of whatever length, e.g. `src/ops/a → src/ops/b → src/ops/a`. */
function circles(files: readonly SourceFile[]): readonly string[] {
  const arrows = new Map<string, Set<string>>();
  for (const { path, imports } of files) {
    const [, stage] = path.split('/');
    for (const target of imports.filter((it) => it.startsWith(`src/${stage}/`) && roomOf(it) !== roomOf(path)))
      arrows.set(roomOf(path), (arrows.get(roomOf(path)) ?? new Set()).add(roomOf(target)));
  }
  const done = new Set<string>();
  const found: string[] = [];
  const follow = (room: string, way: readonly string[]): void => {
    if (way.includes(room)) found.push([...way.slice(way.indexOf(room)), room].join(' → '));
    if (way.includes(room) || done.has(room)) return;
    for (const next of arrows.get(room) ?? []) follow(next, [...way, room]);
    done.add(room);
  };
  for (const room of arrows.keys()) follow(room, []);
  return found;
}

/** What people look at a change with: each can be understood, and given away, alone. */
const products = ['checks', 'schema', 'diff', 'graph'].map((product) => `src/review/${product}`);

const betweenProducts = (files: readonly SourceFile[]): readonly string[] =>
  files.flatMap(({ path, imports }) =>
    imports
      .filter((it) => products.includes(roomOf(it)) && products.includes(roomOf(path)) && roomOf(it) !== roomOf(path))
      .map((it) => `${path}: must share through src/objects, got ${it}`),
  );

describe('the folders of src', () => {
  const files = sourceFilesUnder('src');

  test(`hold at most ${most} files each`, () => {
    expect(crowded(files)).toEqual([]);
  });

  test.each(['ops', 'cli', 'review'])('of %s import one way: none is imported by what it imports', (stage) => {
    expect(circles(files.filter(({ path }) => path.startsWith(`src/${stage}/`)))).toEqual([]);
  });

  test('of review are four products, which share what they share through the objects', () => {
    expect(betweenProducts(files)).toEqual([]);
    expect(products.filter((product) => !files.some(({ path }) => path.startsWith(`${product}/`)))).toEqual([]);
  });

  test('fails for a folder with too many files, for folders that import in a circle, and for a check that asks the diff', () => {
    const many = Array.from({ length: most + 1 }, (_, i) => sourceFile(`src/model/file-${i}.ts`, ''));
    const round = [
      sourceFile('src/ops/context.ts', "import type { A } from './a/one.ts';"),
      sourceFile('src/ops/a/one.ts', "import { b } from '../b/two.ts';"),
      sourceFile('src/ops/b/two.ts', "import type { Context } from '../context.ts';"),
      sourceFile('src/ops/c/three.ts', "import { b } from '../b/two.ts';"),
    ];

    expect(crowded(many)).toEqual(['src/model: must hold at most 15 files, got 16']);
    expect(circles(round)).toEqual(['src/ops/context.ts → src/ops/a → src/ops/b → src/ops/context.ts']);
    expect(
      betweenProducts([sourceFile('src/review/checks/a/b.ts', "import { d } from '../../diff/diff-trees.ts';")]),
    ).toEqual(['src/review/checks/a/b.ts: must share through src/objects, got src/review/diff/diff-trees.ts']);
  });
});
