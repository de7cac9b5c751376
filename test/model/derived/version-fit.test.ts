import { describe, expect, test } from '@jest/globals';
import type { VersionScheme } from '../../../src/model/artifact.ts';
import { describeScheme, fitsScheme } from '../../../src/model/derived/version-fit.ts';

const sha: VersionScheme = { kind: 'gitSha' };
const tag: VersionScheme = { kind: 'semver', prefix: 'v', range: '>=1.2.0 <2' };
const plain: VersionScheme = { kind: 'semver' };
const build: VersionScheme = { kind: 'numeric', pattern: '^b(?<build>\\d+)$', by: ['build'] };

describe('a version fits its scheme', () => {
  test('when it looks as the scheme says', () => {
    expect(fitsScheme(sha, '7d86f4a78bdf787896a2dfe2ebe3507c9ca012dd')).toBe(true);
    expect(fitsScheme(tag, 'v1.2.3')).toBe(true);
    expect(fitsScheme(plain, '1.0.0-rc.1')).toBe(true);
    expect(fitsScheme(build, 'b10')).toBe(true);
  });

  test('fails when it does not', () => {
    expect(
      ['main', '7d86f4a', '7D86F4A78BDF787896A2DFE2EBE3507C9CA012DD'].filter((version) => fitsScheme(sha, version)),
    ).toEqual([]);
    expect(
      ['1.2.3', 'v2.0.0', 'v1.2', 'vv1.2.3', 'v1.2.3-rc.1', 'latest'].filter((version) => fitsScheme(tag, version)),
    ).toEqual([]);
    expect(['v1.0.0', '1.0', ''].filter((version) => fitsScheme(plain, version))).toEqual([]);
    expect(['latest', 'b', 'ab10'].filter((version) => fitsScheme(build, version))).toEqual([]);
    expect(fitsScheme({ kind: 'numeric', pattern: '(', by: [] }, '(')).toBe(false);
  });

  test('and the scheme says so in words', () => {
    expect([sha, tag, plain, build].map(describeScheme)).toEqual([
      'a commit of forty hexadecimal digits',
      'a semantic version such as v1.2.3 within >=1.2.0 <2',
      'a semantic version such as 1.2.3',
      'a version that matches ^b(?<build>\\d+)$',
    ]);
  });
});
