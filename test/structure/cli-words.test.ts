import { describe, expect, test } from '@jest/globals';
import { sourceFile, sourceFilesUnder, withoutComments, type SourceFile } from './source-file.ts';

/** Folders of the command line that may not look at those that stand behind them, left to right. */
const order = ['words', 'arguments', 'project', 'trees', 'ask', 'open', 'commands'];

const folderOf = (path: string): string => /^src\/cli\/([^/]+)\//.exec(path)?.[1] ?? '';

/** Files that ask, wait or run something, where words are only said. */
const asking = (files: readonly SourceFile[]): readonly string[] =>
  files
    .filter(({ text }) => /\basync\b|\bawait\b|\bPromise\b|\bexeca\b|node:(?:fs|child)/.test(withoutComments(text)))
    .map(({ path }) => path);

/** Imports of a folder that stands behind. */
const backwards = (files: readonly SourceFile[]): readonly string[] =>
  files.flatMap(({ path, imports }) =>
    imports
      .filter((target) => order.includes(folderOf(target)) && order.includes(folderOf(path)))
      .filter((target) => order.indexOf(folderOf(target)) > order.indexOf(folderOf(path)))
      .map((target) => `${path}: must not import ${target}`),
  );

describe('the folders of the command line', () => {
  const files = sourceFilesUnder('src/cli');

  test('cli/words only speaks: it asks no cluster, no Git and no disk', () => {
    expect(asking(files.filter(({ path }) => folderOf(path) === 'words'))).toEqual([]);
  });

  test('import only from those in front of them', () => {
    expect(backwards(files)).toEqual([]);
  });

  test('fails for words that wait, and for words that look at what is opened', () => {
    const wrong = [
      sourceFile(
        'src/cli/words/a.ts',
        "import { openOps } from '../open/open-ops.ts';\nexport const a = async () => openOps();",
      ),
      sourceFile('src/cli/words/b.ts', '// waits for no Promise\nexport const b = 1;'),
    ];

    expect(asking(wrong)).toEqual(['src/cli/words/a.ts']);
    expect(backwards(wrong)).toEqual(['src/cli/words/a.ts: must not import src/cli/open/open-ops.ts']);
  });
});
