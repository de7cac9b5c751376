import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { liesIn, matchesPatterns, regexOf } from '../../../src/model/formats/git-pattern.ts';
import fc from '../../support/properties.ts';

/** Whether a pattern is one at all, and not an exception: GitHub refuses one that repeats what cannot be repeated. */
function isReadable(pattern: string): boolean {
  try {
    return RegExp(regexOf(pattern)).source !== '' && !pattern.startsWith('!');
  } catch {
    return false;
  }
}

describe('a filter pattern of a GitHub workflow', () => {
  test.each([
    ['main', 'main', true],
    ['main', 'maintenance', false],
    ['release/*', 'release/1.0', true],
    ['release/*', 'release/1/0', false],
    ['**', 'feature/a/b', true],
    ['*', 'feature/a', false],
    ['src/**', 'src/a/b.ts', true],
    ['src/', 'src/a.ts', false],
    ['**/README.md', 'README.md', true],
    ['**/README.md', 'docs/README.md', true],
    ['**.js', 'a/b.js', true],
    ['v[12].[0-9]+.[0-9]+', 'v1.10.1', true],
    ['v[12].[0-9]+.[0-9]+', 'v3.0.0', false],
    ['*.jsx?', 'page.js', true],
    ['v1.0', 'v1x0', false],
    ['a(b', 'a(b', true],
    ['[', '[', true],
    ['?', '?', false],
  ])('reads %s and %s as GitHub does: %s', (pattern, name, matches) => {
    expect(matchesPatterns([pattern], name)).toBe(matches);
  });

  test('is taken back by a later one with !, and given back by a later one without', () => {
    expect(matchesPatterns(['ops/**', '!ops/docs/**'], 'ops/docs/a.md')).toBe(false);
    expect(matchesPatterns(['ops/**', '!ops/docs/**', 'ops/docs/a.md'], 'ops/docs/a.md')).toBe(true);
    expect(matchesPatterns(['!ops/docs/**', 'ops/**'], 'ops/docs/a.md')).toBe(true);
    expect(matchesPatterns([], 'a')).toBe(false);
  });

  test('is the same to Bash, whatever a name may hold', () => {
    const token = fc.constantFrom(
      '*',
      '**',
      '**/',
      'v',
      '[0-9]+',
      '[a-c]',
      'x?',
      '.',
      '/',
      '-',
      '<',
      '>',
      "'",
      '`',
      '{',
      '}',
      '(',
      '|',
      '$',
      '^',
      '+',
      '%',
      '1',
    );
    const name = fc
      .array(
        fc.constantFrom('v', 'a', 'x', '.', '/', '-', '<', '>', "'", '`', '{', '}', '(', '|', '$', '%', '1', '+'),
        { maxLength: 6 },
      )
      .map((parts) => parts.join(''));
    const pairs = fc.sample(
      fc.tuple(
        fc.array(token, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('')),
        name,
      ),
      { numRuns: 2000, seed: 7 },
    );
    const known = [
      ['v*', 'v1.0'],
      ['v<*', 'v<a'],
      ["v'*", "v'a"],
      ['**/v?', 'a/b/v'],
      ['v1.0', 'v1x0'],
    ] as const;
    const all = [...known, ...pairs].filter(([pattern]) => isReadable(pattern));
    const { stdout } = spawnSync(
      'bash',
      [
        '-c',
        'while IFS= read -r pattern && IFS= read -r name; do [[ $name =~ $pattern ]] && echo true || echo false; done',
      ],
      {
        input: all.flatMap(([pattern, text]) => [regexOf(pattern), text]).join('\n') + '\n',
        encoding: 'utf8',
        env: { LC_ALL: 'C', PATH: process.env['PATH'] },
      },
    );
    const said = all.map(([pattern, text]) => matchesPatterns([pattern], text));

    expect(stdout.trimEnd().split('\n')).toEqual(said.map(String));
    expect(said.filter(Boolean).length).toBeGreaterThan(50);
  });

  test('never throws', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (pattern, name) => typeof matchesPatterns([pattern], name) === 'boolean'),
    );
  });
});

describe('a file lies in a folder', () => {
  test('by name, by pattern, or because everything counts', () => {
    for (const folders of [
      [],
      ['.'],
      ['./'],
      ['manifests'],
      ['/manifests/'],
      ['other', 'manifests/shop'],
      ['manifests/shop/orders.yaml'],
      ['manifests/**'],
    ]) {
      expect(liesIn(folders, 'manifests/shop/orders.yaml')).toBe(true);
    }
  });

  test('but not in one whose name only begins alike', () => {
    for (const folders of [['manifest'], ['manifests/sho'], ['manifests/*']])
      expect(liesIn(folders, 'manifests/shop/orders.yaml')).toBe(false);
  });
});
