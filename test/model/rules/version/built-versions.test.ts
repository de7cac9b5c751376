import { describe, expect, test } from '@jest/globals';
import type { Artifact } from '../../../../src/model/artifact.ts';
import type { Delivery } from '../../../../src/model/delivery.ts';
import type { Repository } from '../../../../src/model/repository.ts';
import { builtVersions } from '../../../../src/model/rules/version/built-versions.ts';
import { told } from '../../../support/told.ts';
import { validDelivery } from '../../../support/valid-delivery.ts';

const built = (schemes: readonly Artifact['scheme'][], tags?: Repository['tags']): Delivery => {
  const delivery = validDelivery();
  return {
    ...delivery,
    artifacts: delivery.artifacts.map((artifact, i) => ({ ...artifact, scheme: schemes[i] ?? artifact.scheme })),
    repositories: delivery.repositories.map(({ tags: _, ...it }) =>
      it.name === 'shop' && tags !== undefined ? { ...it, tags } : it,
    ),
  };
};

const semver = { kind: 'semver' } as const;

describe('a build that gets a version gets one', () => {
  test('passes where all its images have one scheme, and where images have their commit as tag', () => {
    expect(told(builtVersions, built([semver, semver]))).toEqual([]);
    expect(told(builtVersions, validDelivery())).toEqual([]);
  });

  test('passes where people tag something else than versions', () => {
    expect(told(builtVersions, built([semver, semver], { pattern: 'release/*', creators: ['releasers'] }))).toEqual([]);
  });

  test('fails for images of one build with different prefixes', () => {
    expect(told(builtVersions, built([semver, { kind: 'semver', prefix: 'v' }]))).toEqual([
      'supplies.images.artifacts: get one version from their build, so that all must have the same prefix in their scheme, got ["","v"]',
    ]);
  });

  test('fails for two supplies that would tag the same commits', () => {
    const delivery = built([semver, semver]);
    const [images] = delivery.supplies;
    const twice = { ...delivery, supplies: [images!, { ...images!, name: 'again' }] };

    expect(told(builtVersions, twice)).toEqual([
      'supplies.again.source: is not carried out yet for a second supply whose builds get versions, because supplies.images tags the same commits; write one supply, or { kind: "gitSha" } as scheme of its artifacts, got "shop"',
    ]);
  });

  test('fails where people alone may make such tags', () => {
    expect(told(builtVersions, built([semver, semver], { pattern: 'v*', creators: ['releasers'] }))).toEqual([
      'repositories.shop.tags.pattern: keeps the build of supplies.images from tagging its versions, e.g. v1.2.3; write another pattern, or leave tags out, got "v*"',
    ]);
  });
});
