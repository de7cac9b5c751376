import { describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { sourceFilesUnder, type SourceFile } from './source-file.ts';

const text = readFileSync('docs/architecture.md', 'utf8');

/** `a --> b`, where files of b import files of a. */
type Arrow = `${string} --> ${string}`;

const folderOf = (path: string): string => /^src\/([^/]+)\//.exec(path)?.[1] ?? '';

/** Every folder, with those that it imports. */
function foldersOf(files: readonly SourceFile[]): ReadonlyMap<string, ReadonlySet<string>> {
  const folders = new Map<string, Set<string>>();
  for (const { path, imports } of files) {
    const known = folders.get(folderOf(path)) ?? new Set();
    folders.set(folderOf(path), known);
    for (const target of imports.map(folderOf)) if (target !== '' && target !== folderOf(path)) known.add(target);
  }
  return folders;
}

/** Whether one folder leads to another by way of others. */
function followsFromOthers(folders: ReadonlyMap<string, ReadonlySet<string>>, from: string, to: string): boolean {
  const reaches = (folder: string): boolean =>
    [...(folders.get(folder) ?? [])].some((next) => next === to || reaches(next));
  return [...(folders.get(from) ?? [])].some((next) => next !== to && reaches(next));
}

/** The fewest arrows that say all. */
const arrowsOf = (folders: ReadonlyMap<string, ReadonlySet<string>>): readonly Arrow[] =>
  [...folders]
    .flatMap(([to, imported]) =>
      [...imported].filter((from) => !followsFromOthers(folders, to, from)).map((from): Arrow => `${from} --> ${to}`),
    )
    .sort();

/** What the picture says: its nodes, and its arrows. */
function pictureIn(document: string): { readonly nodes: readonly string[]; readonly arrows: readonly string[] } {
  const lines = (/```mermaid\n([^]*?)```/.exec(document)?.[1] ?? '').split('\n').map((line) => line.trim());
  return {
    nodes: lines.filter((line) => /^[a-z]+$/.test(line) && line !== 'end').sort(),
    arrows: lines.filter((line) => line.includes('-->')).sort(),
  };
}

/** The rows of the list of changes, each with the paths that it names. */
const changesIn = (document: string): readonly (readonly string[])[] =>
  (document.split('## Where a change goes\n')[1]?.split('\n## ')[0] ?? '')
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| you want to'))
    .map((line) => [...line.matchAll(/`((?:src|docs|scripts|test)\/[\w./-]+)`/g)].map(([, path = '']) => path));

describe('docs/architecture.md', () => {
  const folders = foldersOf(sourceFilesUnder('src'));
  const picture = pictureIn(text);

  test('has every folder of src in its picture, and no other', () => {
    expect(picture.nodes).toEqual([...folders.keys()].sort());
  });

  test('has the fewest arrows in its picture from which every import follows', () => {
    expect(picture.arrows).toEqual(arrowsOf(folders));
  });

  test('says of every folder what it holds', () => {
    const rows = text.split('\n').filter((line) => line.startsWith('| `src/'));

    expect([...folders.keys()].filter((name) => !rows.some((row) => row.includes(`\`src/${name}\``)))).toEqual([]);
  });

  test('names the file to change for each of twenty changes and more, and each is there', () => {
    const changes = changesIn(text);

    expect(changes.length).toBeGreaterThanOrEqual(20);
    expect(changes.filter((paths) => paths.length === 0)).toEqual([]);
    expect(changes.flat().filter((path) => !existsSync(path))).toEqual([]);
  });

  test('fails for an arrow that is missing, and not for one that follows from others', () => {
    const three = new Map([
      ['model', new Set<string>()],
      ['objects', new Set(['model'])],
      ['review', new Set(['objects', 'model'])],
    ]);

    expect(arrowsOf(three)).toEqual(['model --> objects', 'objects --> review']);
    expect(pictureIn('```mermaid\nflowchart LR\n  model\n  objects\n  model --> objects\n```\n')).toEqual({
      nodes: ['model', 'objects'],
      arrows: ['model --> objects'],
    });
  });

  test('fails for a change whose file is gone', () => {
    const [row = []] = changesIn(
      '## Where a change goes\n| you want to | you change |\n| a | `src/gone.ts` |\n\n## Next\n',
    );

    expect(row.filter((path) => !existsSync(path))).toEqual(['src/gone.ts']);
  });
});
