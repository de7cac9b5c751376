import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { copiedSource } from '../../../../src/model/rules/carried-out/copied-source.ts';
import type { Repository } from '../../../../src/model/repository.ts';
import { builtByKpack } from '../../../support/built-by-kpack.ts';
import { told } from '../../../support/told.ts';

const withCopy = (change: (repository: Repository) => Repository): Delivery => {
  const delivery = builtByKpack();
  return {
    ...delivery,
    repositories: delivery.repositories.map((it) => (it.name === 'shop-release' ? change(it) : it)),
  };
};

describe('a copy of tested source', () => {
  test('passes in a repository of its own that one app writes', () => {
    expect(told(copiedSource, builtByKpack())).toEqual([]);
  });

  test('fails where a workflow builds', () => {
    const delivery = builtByKpack();
    const supplies = delivery.supplies.map((it) => ({
      ...it,
      copiesTo: { repository: 'shop-release', branch: 'release' },
    }));

    expect(told(copiedSource, { ...delivery, supplies })).toEqual([
      'supplies.images.copiesTo: is not carried out yet where a workflow builds, which has the source; leave it out, got "shop-release"',
    ]);
  });

  test('fails for a repository that people write to, and for a branch that its workflows start from', () => {
    expect(told(copiedSource, builtByKpack({ copiesTo: { repository: 'shop', branch: 'main' } }))).toEqual([
      'supplies.orders.copiesTo.repository: must be a repository that holds the copy; write holds: ["releaseCopy"] at repositories.shop, or name another, got "shop"',
      'supplies.orders.copiesTo.branch: is a branch whose pushes start the workflows of the source, which come along and would start there too; give it another name, e.g. "release", got "main"',
      'repositories.shop-release.holds: holds a copy, and no supply copies anything there; write copiesTo at the supply, or remove it, got ["releaseCopy"]',
    ]);
    expect(told(copiedSource, builtByKpack({ copiesTo: { repository: 'shop-release', branch: 'tested' } }))).toEqual([
      'supplies.orders.copiesTo.branch: must be "release", the default branch of shop-release, which its protection holds, got "tested"',
    ]);
    expect(
      told(
        copiedSource,
        withCopy((it) => ({ ...it, holds: ['releaseCopy', 'ops'] })),
      ),
    ).toEqual([
      'repositories.shop-release.holds: must hold the copy alone: people write to whatever else it is, got ["releaseCopy","ops"]',
    ]);
  });

  test('fails where others than one app may write it', () => {
    const one =
      'must let past one app alone, which copies: somebody else could have anything built; write { approvals: 1, checks: [], bypass: ["…"] } with the name of the app';

    expect(
      told(
        copiedSource,
        withCopy(({ protection: _, ...it }) => it),
      ),
    ).toEqual([`repositories.shop-release.protection: ${one}`]);
    const bypass = ['copier', 'alice'];
    expect(
      told(
        copiedSource,
        withCopy((it) => ({ ...it, protection: { approvals: 1, checks: [], bypass } })),
      ),
    ).toEqual([`repositories.shop-release.protection: ${one}, got ["copier","alice"]`]);
    expect(
      told(
        copiedSource,
        withCopy(({ protection: _, ...it }) => ({ ...it, management: 'external' })),
      ),
    ).toEqual([]);
  });

  test('fails for a source that is not on GitHub', () => {
    const delivery = builtByKpack();
    const repositories = delivery.repositories.map((it) =>
      it.name === 'shop' ? { ...it, url: 'https://git.example.com/acme/shop.git' } : it,
    );

    expect(told(copiedSource, { ...delivery, repositories })).toEqual([
      'supplies.orders.copiesTo: is not carried out yet for a source at https://git.example.com/acme/shop.git, which is not on github.com (a GitHub Enterprise server is named by github:baseUrl in Pulumi.platform.yaml); leave it out, got "shop-release"',
    ]);
  });
});
