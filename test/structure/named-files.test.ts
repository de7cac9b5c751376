import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, test } from '@jest/globals';

/** Paths that a page names: what its links lead to, what begins with a folder of the repository, and files of code by their names alone. */
function namedIn(page: string, text: string): readonly string[] {
  const links = [...text.matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => posix.join(posix.dirname(page), target));
  const paths = [
    ...text.matchAll(/(?<![\w./~-])(?:src|test|scripts|bin|imports|schemas|findings|docs|\.ci)\/[\w./*{},…-]*/g),
  ].map(([path]) => path);
  const names = [...text.matchAll(/`([\w.-]+\.(?:ts|mjs|cjs|sh))`/g)].map(([, name = '']) => `**/${name}`);
  return [...new Set([...links, ...paths, ...names].map((path) => path.replace(/[/.,:]+$/, '')))].sort();
}

/** A path as people shorten it: `*` and `…` for anything, `{a,b}` for either, and no ending. */
function pattern(path: string): RegExp {
  const source = path
    .replace(/[.+^$()|[\]\\]/g, '\\$&')
    .replace(/\{([^}]*)\}/g, (_, words: string) => `(?:${words.replaceAll(',', '|')})`)
    .replaceAll('**/', '<folders>')
    .replaceAll(/\*\*|…/g, '<any>')
    .replaceAll('*', '[^/]*')
    .replaceAll('<folders>', '(?:.*/)?')
    .replaceAll('<any>', '.*');
  return new RegExp(`^${source}(?:\\.ts|\\.test\\.ts)?$`);
}

/** Files and folders that pages name and that are not there, as `page: path`. */
function lost(pages: ReadonlyMap<string, string>, files: readonly string[]): readonly string[] {
  const folders = files.flatMap((file) => {
    const steps = file.split('/').slice(0, -1);
    return steps.map((_, i) => steps.slice(0, i + 1).join('/'));
  });
  const there = [...new Set([...files, ...folders])];
  const known = new Set(there);
  return [...pages].flatMap(([page, text]) =>
    namedIn(page, text)
      .filter((path) => !known.has(path) && !there.some((file) => pattern(path).test(file)))
      .map((path) => `${page}: ${path}`),
  );
}

/** What a page tells a reader to make, or not to. */
const toBeMade: ReadonlySet<string> = new Set([
  'AGENTS.md: **/index.ts',
  'docs/add-an-engine.md: src/engines/made-up/made-up.ts',
]);

describe('the pages', () => {
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
    .split('\n')
    .filter((path) => path !== '');
  const pages = new Map(
    files
      .filter((path) => path.endsWith('.md') && path !== 'CHANGELOG.md')
      .map((path) => [path, readFileSync(path, 'utf8')]),
  );

  test('name no file and no folder that does not exist', () => {
    expect(lost(pages, files).filter((line) => !toBeMade.has(line))).toEqual([]);
  });

  test('lack what a reader is told to make, or not to', () => {
    expect([...toBeMade].filter((line) => !lost(pages, files).includes(line))).toEqual([]);
  });

  test('fails for a path, a link and a pattern that lead nowhere, and not for those that lead somewhere', () => {
    const text = [
      'see `src/model/gone.ts`, src/model/{stage,gone}.ts, `src/model/{gone,lost}.ts` and `src/model/*.ts`',
      '[this](glossary.md), [that](lost.md#part), [there](https://example.com/docs/a.md) and test/…-contract.test.ts',
      'in `stage.ts` and in `semantic-diff.ts`',
    ].join('\n');

    expect(
      lost(new Map([['docs/page.md', text]]), ['src/model/stage.ts', 'docs/glossary.md', 'test/a/b-contract.test.ts']),
    ).toEqual([
      'docs/page.md: **/semantic-diff.ts',
      'docs/page.md: docs/lost.md',
      'docs/page.md: src/model/gone.ts',
      'docs/page.md: src/model/{gone,lost}.ts',
    ]);
  });
});
