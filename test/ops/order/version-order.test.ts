import { describe, expect, test } from '@jest/globals';
import type { VersionScheme } from '../../../src/model/artifact.ts';
import { fitsScheme } from '../../../src/model/derived/version-fit.ts';
import { compareVersions, type Version } from '../../../src/ops/order/version-order.ts';
import type { Ancestry } from '../../../src/ops/program/ancestry.ts';
import fc from '../../support/properties.ts';

const semantic: VersionScheme = { kind: 'semver', prefix: 'v', range: '>=1.0.0 <3' };
const build: VersionScheme = {
  kind: 'numeric',
  pattern: String.raw`^b(?<build>\d+)\.(?<date>\d{8})\.(?<time>\d{6})$`,
  by: ['build', 'date', 'time'],
};
const sha: VersionScheme = { kind: 'gitSha' };
const ancestry: Ancestry = { relate: (a, b) => Promise.resolve(a === b ? 'same' : a < b ? 'older' : 'newer') };
const none: Ancestry = { relate: () => Promise.resolve('unknown') };
const compare = (scheme: VersionScheme, a: string | Version, b: string | Version, with_ = none): Promise<string> =>
  compareVersions(scheme, typeof a === 'string' ? { name: a } : a, typeof b === 'string' ? { name: b } : b, with_);

describe('the order of versions', () => {
  test('of builds is that of their numbers, not of their letters', async () => {
    expect(await compare(build, 'b9.20260101.000000', 'b10.20260101.000000')).toBe('older');
    expect(await compare(build, 'b10.20260102.000000', 'b10.20260101.235959')).toBe('newer');
    expect(await compare(build, 'b007.20260101.000000', 'b7.20260101.000000')).toBe('same');
    expect(await compare(build, 'b99999999999999999999.20260101.000000', 'b99999999999999999998.20260101.000000')).toBe(
      'newer',
    );
  });

  test('of semantic versions is their precedence', async () => {
    expect(await compare(semantic, 'v1.10.0', 'v1.9.9')).toBe('newer');
    expect(await compare(semantic, 'v2.0.0-rc.1', 'v2.0.0')).toBe('older');
    expect(await compare(semantic, 'v1.0.0', 'v1.0.0')).toBe('same');
  });

  test('of commits is their ancestry', async () => {
    const [a, b] = ['1'.repeat(40), '2'.repeat(40)];

    expect(await compare(sha, a, b, ancestry)).toBe('older');
    expect(await compare(sha, { name: 'v2', commit: b }, { name: 'v1', commit: a }, ancestry)).toBe('newer');
    expect(await compare(sha, a, b, none)).toBe('unknown');
  });

  test('is unknown when a version is not of the scheme', async () => {
    expect(await compare(semantic, 'v1.0.0', 'main')).toBe('unknown');
    expect(await compare(build, 'b1', 'b2.20260101.000000')).toBe('unknown');
    expect(await compare(sha, 'main', '2'.repeat(40), ancestry)).toBe('unknown');
  });

  test('turns round when the two change places, and never contradicts itself', async () => {
    const part = fc.nat(12);
    const version = fc
      .tuple(part, part, part, fc.constantFrom('', '-rc.1', '-rc.2', '-alpha'))
      .map(([a, b, c, pre]) => `v${a}.${b}.${c}${pre}`);
    const opposite = { older: 'newer', newer: 'older', same: 'same' } as Readonly<Record<string, string>>;
    await fc.assert(
      fc.asyncProperty(version, version, version, async (a, b, c) => {
        const scheme: VersionScheme = { kind: 'semver', prefix: 'v' };
        const [ab, bc, ac] = [await compare(scheme, a, b), await compare(scheme, b, c), await compare(scheme, a, c)];
        expect(await compare(scheme, b, a)).toBe(opposite[ab]);
        if (ab === bc) expect(ac).toBe(ab);
      }),
    );
  });
});

describe('a version', () => {
  test.each([
    [semantic, 'v1.2.3', true],
    [semantic, '1.2.3', false],
    [semantic, 'v3.0.0', false],
    [semantic, 'v1.2', false],
    [semantic, 'v v1.2.3', false],
    [semantic, 'vv1.2.3', false],
    [build, 'b9.20260101.000000', true],
    [build, 'b9', false],
    [sha, '1'.repeat(40), true],
    [sha, '1'.repeat(64), true],
    [sha, '1'.repeat(12), false],
  ] as const)('of %j: %s fits: %s', (scheme, name, expected) => {
    expect(fitsScheme(scheme, name)).toBe(expected);
  });
});
