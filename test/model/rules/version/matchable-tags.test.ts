import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { matchableTags } from '../../../../src/model/rules/version/matchable-tags.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withStage } from '../../../support/valid-delivery.ts';
import type { VersionScheme } from '../../../../src/model/artifact.ts';

const started = (pattern: string, versions?: VersionScheme): Delivery =>
  withStage(validDelivery(), 'prod', ({ versions: _, ...stage }) => ({
    ...stage,
    triggers: [{ on: 'gitTag', repository: 'shop', pattern }],
    ...(versions === undefined ? {} : { versions }),
  }));

const at = 'stages.prod.triggers[0].pattern';

describe('every pattern of tags can match', () => {
  test('passes for patterns of tags, and of versions where tags are versions', () => {
    expect(told(matchableTags, validDelivery())).toEqual([]);
    for (const pattern of ['v*', '**', 'release/*', 'v[0-9]+.[0-9]+.[0-9]+', 'v?1', 'shop-1.2.3'])
      expect(told(matchableTags, started(pattern))).toEqual([]);
    for (const pattern of [
      'v*',
      '*',
      'v1.*',
      'v1.2.3',
      'v[12].*',
      'v5.3.*',
      'v*-rc.*',
      'v1.2.3-*',
      '[a-z]*',
      'v?1.2.3',
    ])
      expect(told(matchableTags, started(pattern, { kind: 'semver', prefix: 'v' }))).toEqual([]);
    for (const pattern of ['1.*', 'v*']) expect(told(matchableTags, started(pattern, { kind: 'semver' }))).toEqual([]);
    expect(told(matchableTags, started('b*', { kind: 'numeric', pattern: '^b(?<n>\\d+)$', by: ['n'] }))).toEqual([]);
  });

  test.each([
    ['^v\\d+$', '^'],
    ['v 1*', ' '],
    ['v..*', '..'],
    ['v[0-9', '['],
    ['/v*', '/'],
    ['v*/', '/'],
  ])('fails for %s, which no Git tag matches', (pattern, wrong) => {
    expect(told(matchableTags, started(pattern))).toEqual([
      `${at}: matches no tag, because none may hold "${wrong}"; GitHub's patterns are no regular expressions, write e.g. "v*" or "v[0-9]+.[0-9]+.[0-9]+", got ${JSON.stringify(pattern)}`,
    ]);
  });

  test('fails for a pattern that only takes away, and for none', () => {
    expect(told(matchableTags, started('!v*'))[0]).toContain(`${at}: takes away and adds nothing`);
    expect(told(matchableTags, started(''))[0]).toContain(`${at}: must be a pattern`);
  });

  test.each(['release-*', 'V*', '1.*', 'v1.x', 'vnext*', 'shop/v*'])(
    'fails for %s where versions look like v1.2.3',
    (pattern) => {
      expect(told(matchableTags, started(pattern, { kind: 'semver', prefix: 'v' }))).toEqual([
        `${at}: matches no version of what it starts, which look like v1.2.3; write e.g. "v*", got "${pattern}"`,
      ]);
    },
  );

  test('fails wherever a pattern stands: gates, supplies, protected tags', () => {
    const delivery = withStage(validDelivery(), 'prod', (stage) => ({
      ...stage,
      gate: { kind: 'humanTag', pattern: 'v 1', taggers: ['releasers'] },
    }));
    const everywhere: Delivery = {
      ...delivery,
      repositories: delivery.repositories.map((it) => ({
        ...it,
        ...(it.tags && { tags: { ...it.tags, pattern: 'v:*' } }),
      })),
      artifacts: delivery.artifacts.map((artifact) => ({ ...artifact, scheme: { kind: 'semver' } })),
      supplies: delivery.supplies.map((supply) => ({
        ...supply,
        triggers: [{ on: 'gitTag', repository: 'shop', pattern: 'release-*' }],
      })),
    };

    expect(told(matchableTags, everywhere).map((line) => line.split(':')[0])).toEqual([
      'repositories.shop.tags.pattern',
      'supplies.images.triggers[0].pattern',
      'stages.prod.gate.pattern',
    ]);
  });
});
