import { describe, expect, test } from '@jest/globals';
import { sourceFile, sourceFilesUnder, withoutComments, type SourceFile } from './source-file.ts';

/** The one file that takes a repository's address apart. */
const reader = 'src/model/formats/repository-address.ts';

/** What taking one apart by hand looks like: its ending, the name in front of its host, or a URL made of it. */
const byHand = /\\\.git\b|\^git@|new URL\((?:\w+\.)+url\)|new URL\((?:repository|ops|source|program)(?:Url|Address)?\)/;

const readingByHand = (files: readonly SourceFile[]): readonly string[] =>
  files.filter(({ path, text }) => path !== reader && byHand.test(withoutComments(text))).map(({ path }) => path);

describe("a repository's address", () => {
  test('is taken apart in one file, so that every stage takes the same for its host, owner and name', () => {
    expect(readingByHand(sourceFilesUnder('src'))).toEqual([]);
  });

  test('fails for a file that takes it apart itself', () => {
    const wrong = [
      sourceFile('src/ops/a.ts', String.raw`const name = url.replace(/\.git$/, '');`),
      sourceFile('src/workflows/b.ts', 'const { hostname } = new URL(ops.url);'),
      sourceFile('src/cli/c.ts', String.raw`const ssh = /^git@([^:]+):(.+)$/.exec(address);`),
      sourceFile('src/clients/d.ts', '// git@HOST:acme/shop.git\nconst next = new URL(link, page.url);'),
    ];

    expect(readingByHand(wrong)).toEqual(['src/ops/a.ts', 'src/workflows/b.ts', 'src/cli/c.ts']);
  });
});
