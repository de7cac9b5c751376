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

/** What is known in one file each: what a whole commit looks like, and what a version of a scheme is made of. */
const known: Readonly<Record<string, RegExp>> = {
  'src/model/formats/commit.ts': /\[0-9a-f\]\{40\}/,
  'src/model/derived/version-fit.ts': /semver\/functions\/(?:parse|satisfies|valid)\b|from 'semver'/,
};

/** Other files that know it too. A token of forty digits behind its own letters is no commit. */
const knowingToo = (files: readonly SourceFile[]): readonly string[] =>
  files.flatMap(({ path, text }) =>
    Object.entries(known)
      .filter(([owner, words]) => path !== owner && words.test(text.replaceAll(/pul-\[0-9a-f\]\{40\}/g, '')))
      .map(([owner]) => `${path}: must ask ${owner}`),
  );

describe('a version and a commit', () => {
  test('are described in one file each, so that rules and promotions never disagree about one', () => {
    expect(knowingToo(sourceFilesUnder('src'))).toEqual([]);
  });

  test('fails for a second description', () => {
    expect(
      knowingToo([
        sourceFile('src/ops/a.ts', 'const sha = /^[0-9a-f]{40}$/;'),
        sourceFile('src/ops/b.ts', "import semver from 'semver';"),
        sourceFile('src/review/c.ts', String.raw`const token = /\bpul-[0-9a-f]{40}\b/;`),
      ]),
    ).toEqual([
      'src/ops/a.ts: must ask src/model/formats/commit.ts',
      'src/ops/b.ts: must ask src/model/derived/version-fit.ts',
    ]);
  });
});

/** What picks the repository that holds rendered output, or reads the setting that names it. */
const picking: Readonly<Record<string, readonly string[]>> = {
  "repositoryHolding\\([^)]*'ops'\\)": ['src/model/delivery.ts', 'src/model/rules/carried-out/carried-out-writes.ts'],
  '(?:settings|platform|own)\\??\\.opsRepository\\b|\\{[^}]*\\bopsRepository\\b[^}]*\\}: (?:Platform|Environment)Settings':
    ['src/model/settings/settings-fit.ts'],
};

/** Files that answer "which ops repository" themselves. */
const answering = (files: readonly SourceFile[]): readonly string[] =>
  files.flatMap(({ path, text }) =>
    Object.entries(picking)
      .filter(([words, owners]) => !owners.includes(path) && new RegExp(words).test(withoutComments(text)))
      .map(() => `${path}: must ask opsRepositoryOf`),
  );

describe('which ops repository an environment has', () => {
  test('is answered by the delivery alone, once: no stage picks it, and none reads the setting', () => {
    expect(answering(sourceFilesUnder('src'))).toEqual([]);
  });

  test('fails for a stage that picks it itself, and for one that follows the setting', () => {
    expect(
      answering([
        sourceFile('src/workflows/a.ts', "const ops = repositoryHolding(delivery, 'ops');"),
        sourceFile('src/pulumi/b.ts', 'const address = settings.platform.opsRepository;'),
        sourceFile('src/cli/c.ts', 'const of = ({ opsRepository }: PlatformSettings) => opsRepository;'),
        sourceFile('src/render/d.ts', 'const bootstrap = ({ opsRepository }: RenderSettings) => opsRepository;'),
      ]),
    ).toEqual([
      'src/workflows/a.ts: must ask opsRepositoryOf',
      'src/pulumi/b.ts: must ask opsRepositoryOf',
      'src/cli/c.ts: must ask opsRepositoryOf',
    ]);
  });
});
