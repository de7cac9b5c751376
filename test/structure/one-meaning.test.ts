import { describe, expect, test } from '@jest/globals';
import { sourceFile, sourceFilesUnder, type SourceFile } from './source-file.ts';

/** Names that several files export on purpose, and why a reader takes none for another. */
const several: Readonly<Record<string, string>> = {
  define: 'what a file of src/cli/commands is there for; the table of commands imports them side by side',
  builders: 'the words of the model with who carries them out, and the table of those',
  engines: 'the same',
  hosts: 'the same; and the check of hosts',
  ingresses: 'the same',
  promoters: 'the same',
  githubActions: 'a face is called as its word of the model is, which a builder and a promoter share',
  tekton: 'the same',
  capacity: 'a rule asks the delivery what a check asks the rendered objects',
  databaseNames: 'the names, and the check of them',
  podReferences: 'the references, and the rule of them',
  services: 'what an ingress sends traffic to, and the check of it',
  versionSchemes: 'the words of the model with who carries them out, and the rule of them',
  git: 'a face is called as its word of the model is; and the program of that name',
};

const exported = /^export\s+(?:async\s+)?(?:abstract\s+)?(?:function\*?|const|interface|type|class)\s+(\w+)/gm;

/** The plug-in that a file is of, e.g. `engines/flux`, and its table; nothing for a file beside them. */
const plugInOf = (path: string): readonly [plugIn: string, table: string] | undefined => {
  const [, table, folder, ...file] = path.split('/');
  return table === undefined || folder === undefined || file.length === 0 || !tables.includes(table)
    ? undefined
    : [`${table}/${folder}`, table];
};

const tables = ['engines', 'hosts', 'builders', 'promoters', 'databases', 'ingresses'];

/** Whether each file is of another plug-in of one table: what a face has is called alike in all of them, and nobody imports two. */
function areParts(paths: readonly string[]): boolean {
  const of = paths.map(plugInOf);
  return (
    of.every((one) => one !== undefined) &&
    new Set(of.map(([plugIn]) => plugIn)).size === paths.length &&
    new Set(of.map(([, table]) => table)).size === 1
  );
}

/** Names that more than one file exports, each with its files; the parts of a table's faces are called alike on purpose. */
function exportedTwice(files: readonly SourceFile[]): Readonly<Record<string, readonly string[]>> {
  const by = new Map<string, Set<string>>();
  for (const { path, text } of files)
    for (const [, name = ''] of text.matchAll(exported)) by.set(name, (by.get(name) ?? new Set()).add(path));
  return Object.fromEntries(
    [...by]
      .filter(([, paths]) => paths.size > 1 && !areParts([...paths]))
      .map(([name, paths]) => [name, [...paths].sort()]),
  );
}

describe('a name that is exported', () => {
  const twice = exportedTwice(sourceFilesUnder('src'));

  test('has one meaning: no two files of src export the same', () => {
    expect(Object.fromEntries(Object.entries(twice).filter(([name]) => !Object.hasOwn(several, name)))).toEqual({});
  });

  test('is excepted only where several still export it', () => {
    expect(Object.keys(several).filter((name) => !Object.hasOwn(twice, name))).toEqual([]);
  });

  test('fails within one plug-in and beside it, and not for the parts of two plug-ins of one table', () => {
    const files = (...paths: readonly string[]) => paths.map((path) => sourceFile(path, 'export const judge = 1;'));

    expect(exportedTwice(files('src/engines/one/a.ts', 'src/engines/two/b.ts'))).toEqual({});
    for (const paths of [
      ['src/engines/one/a.ts', 'src/engines/one/b.ts'],
      ['src/engines/a.ts', 'src/engines/one/b.ts'],
      ['src/engines/one/a.ts', 'src/hosts/two/b.ts'],
      ['src/engines/one/a.ts', 'src/review/two/b.ts'],
    ])
      expect(exportedTwice(files(...paths))).toEqual({ judge: paths });
  });

  test('fails for a type and a class of one name, and not for two declarations in one file', () => {
    expect(
      exportedTwice([
        sourceFile('src/objects/a.ts', 'export interface Place {}\nexport const other = 1;'),
        sourceFile(
          'src/constructs/b.ts',
          'export abstract class Place {}\nexport function f(a: 1): 1;\nexport function f(a: 2): 2;',
        ),
      ]),
    ).toEqual({ Place: ['src/constructs/b.ts', 'src/objects/a.ts'] });
  });
});
