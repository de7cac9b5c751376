import { describe, expect, test } from '@jest/globals';
import { liesIn, matchesPatterns } from '../../../src/model/formats/git-pattern.ts';
import fc from '../../support/properties.ts';

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
