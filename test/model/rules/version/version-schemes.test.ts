import { describe, expect, test } from '@jest/globals';
import type { Artifact, VersionScheme } from '../../../../src/model/artifact.ts';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { versionSchemes } from '../../../../src/model/rules/version/version-schemes.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withStage } from '../../../support/valid-delivery.ts';

const withScheme = (scheme: VersionScheme, kind: Artifact['kind'] = 'image'): Delivery => ({
  ...validDelivery(),
  artifacts: [{ name: 'orders', kind, repository: 'acme/orders', scheme }],
});

const numeric = (pattern: string, ...by: readonly string[]): Delivery => withScheme({ kind: 'numeric', pattern, by });

const path = 'artifacts.orders.scheme';

describe('versions have an order that numbers decide', () => {
  test('passes for commits, semantic versions and numbers', () => {
    expect(told(versionSchemes, validDelivery())).toEqual([]);
    expect(told(versionSchemes, withScheme({ kind: 'semver', prefix: 'v', range: '>=1.2.0 <2' }))).toEqual([]);
    expect(
      told(versionSchemes, numeric('^b(?<build>\\d+)\\.(?<date>\\d{8})\\.(?<time>[0-9]{6})$', 'build', 'date')),
    ).toEqual([]);
  });

  test('fails for a group that would be compared as text', () => {
    expect(told(versionSchemes, numeric('^(?<tag>b\\d+\\.\\d{8}\\.\\d{6})$', 'tag'))).toEqual([
      `${path}.by[0]: must be a group of digits alone, e.g. (?<tag>\\d+), because as text b9 would be newer than b10, got "(?<tag>b\\\\d+\\\\.\\\\d{8}\\\\.\\\\d{6})"`,
    ]);
  });

  test('fails without anything to compare', () => {
    expect(told(versionSchemes, numeric('^b(?<build>\\d+)$'))).toEqual([
      `${path}.by: must name at least one group, because without numbers versions have no order, got []`,
    ]);
  });

  test('fails for a group that the pattern does not have', () => {
    expect(told(versionSchemes, numeric('^b(?<build>\\d+)$', 'number'))).toEqual([
      `${path}.by[0]: the pattern has no group of this name; write "build", got "number"`,
    ]);
    expect(told(versionSchemes, numeric('^b\\d+$', 'build'))).toEqual([
      `${path}.by[0]: the pattern has no named group; write one as (?<build>\\d+), got "build"`,
    ]);
  });

  test('fails for a pattern that is none, or that is not the whole version', () => {
    expect(told(versionSchemes, numeric('^b(?<build>\\d+$', 'build'))).toEqual([
      `${path}.pattern: must be a regular expression, e.g. ^b(?<build>\\d+)$, got "^b(?<build>\\\\d+$"`,
    ]);
    expect(told(versionSchemes, numeric('[a-f0-9]+-(?<run>\\d+)', 'run'))).toEqual([
      `${path}.pattern: must begin with ^ and end with $, else it finds versions inside others, got "[a-f0-9]+-(?<run>\\\\d+)"`,
    ]);
  });

  test('fails for a range or a prefix that is none, of a stage too', () => {
    const delivery = withStage(withScheme({ kind: 'semver', range: 'newest' }), 'prod', (stage) => ({
      ...stage,
      versions: { kind: 'semver', prefix: 'v1.' },
    }));

    expect(told(versionSchemes, delivery)).toEqual([
      `${path}.range: must be a range of semantic versions, e.g. ">=1.2.0 <2", got "newest"`,
      'stages.prod.versions.prefix: must be letters before the number, e.g. "v", got "v1."',
    ]);
  });

  test('fails for a chart whose versions are not semantic', () => {
    expect(told(versionSchemes, withScheme({ kind: 'gitSha' }, 'chart'))).toEqual([
      `${path}.kind: must be "semver", because Helm takes nothing else, got "gitSha"`,
    ]);
  });
});
