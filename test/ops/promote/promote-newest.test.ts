import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../src/model/delivery.ts';
import { OpsError } from '../../../src/ops/ops-error.ts';
import { promote, type PromoteOptions } from '../../../src/ops/promote/promote.ts';
import type { RegistryLook } from '../../../src/ops/promote/newest/newest-source.ts';
import type { Ancestry } from '../../../src/ops/program/ancestry.ts';
import { RegistryError } from '../../../src/ops/registry/registry-error.ts';
import { builtByKpack } from '../../support/built-by-kpack.ts';
import { withKargo } from '../../support/moved-by-kargo.ts';
import { withStage } from '../../support/valid-delivery.ts';
import { opsContext, recordOf, sourceCommit } from '../support/fake-ops.ts';
import '../../support/patience.ts';

/** The delivery whose orders kpack builds, and which the stage looks for. */
const delivery = (waitMinutes?: number, change: Parameters<typeof builtByKpack>[0] = {}): Delivery =>
  withStage(builtByKpack({ discovery: { kind: 'registryPoll', intervalMinutes: 5 }, ...change }), 'dev', (stage) => ({
    ...stage,
    ...(waitMinutes === undefined ? {} : { waitMinutes }),
  }));

/** Commits of main by their number; those from 100 on are on no branch. */
const ancestry: Ancestry = {
  relate(a, b) {
    const isBranch = b === 'refs/remotes/origin/main';
    if (b.startsWith('refs/') && !isBranch) return Promise.resolve('unknown');
    if (isBranch) return Promise.resolve(a < sourceCommit(100) ? 'older' : 'diverged');
    return Promise.resolve(a === b ? 'same' : a < b ? 'older' : 'newer');
  },
};

/** A registry with images, by tag and the number of the commit that they say. */
function look(images: () => Readonly<Record<string, number | undefined>>): RegistryLook & { readonly waits: number[] } {
  const waits: number[] = [];
  return {
    waits,
    tagsOf: () => Promise.resolve(['latest', ...Object.keys(images())]),
    revisionOf: (reference) => {
      const number = images()[reference.replace('acme/orders:', '')];
      return Promise.resolve(number === undefined ? undefined : sourceCommit(number));
    },
    wait: (milliseconds) => {
      waits.push(milliseconds / 60_000);
      return Promise.resolve();
    },
  };
}

const newest = (asked: RegistryLook, change: Partial<PromoteOptions> = {}): PromoteOptions => ({
  environment: 'dev',
  source: { kind: 'newest' },
  sources: ancestry,
  look: asked,
  resolveDigest: (reference) =>
    Promise.resolve(`sha256:${Buffer.from(reference).toString('hex').padEnd(64, '0').slice(-64)}`),
  ...change,
});

/** The reasons why something did not happen. */
const refusals = async (promotion: Promise<unknown>): Promise<OpsError['refusals'] | readonly []> =>
  promotion.then(
    () => [],
    (error: unknown) => {
      if (error instanceof OpsError) return error.refusals;
      throw error;
    },
  );

describe('promoting the newest of a registry', () => {
  test('takes the highest build among 300, not the last as text, and says of which commit it is', async () => {
    const images = Object.fromEntries(
      Array.from({ length: 300 }, (_, i) => [`b${i + 1}.20261101.${String(100000 + i)}`, i + 1] as const),
    );
    const context = await opsContext({ delivery: delivery() });

    // b99 comes last as text.
    const few = { 'b99.20261101.100098': 99, 'b9.20261101.100008': 9, 'b10.20261101.100009': 10 };
    expect(await promote(context, newest(look(() => few)))).toMatchObject({ release: sourceCommit(99).slice(0, 12) });
    const allowed: Ancestry = {
      relate: (a, b) => (b.startsWith('refs/') ? Promise.resolve('older') : ancestry.relate(a, b)),
    };
    await promote(
      context,
      newest(
        look(() => images),
        { sources: allowed },
      ),
    );

    expect(recordOf(context.bare, 'dev').applications['shop']).toMatchObject({
      images: { orders: { tag: 'b300.20261101.100299' } },
      source: { repository: 'shop', commit: sourceCommit(300) },
    });
  });

  test('twice changes nothing, and an older one that is left is no failure', async () => {
    const context = await opsContext({ delivery: delivery() });
    const both = { 'b2.20261101.120000': 2, 'b1.20261031.120000': 1 };
    await promote(context, newest(look(() => both)));

    expect(await promote(context, newest(look(() => both)))).toMatchObject({ outcome: 'unchanged' });
    expect(await promote(context, newest(look(() => ({ 'b1.20261031.120000': 1 }))))).toMatchObject({
      outcome: 'superseded',
    });
  });

  test('takes a build anew of the same commit, on other base images', async () => {
    const context = await opsContext({ delivery: delivery() });
    await promote(context, newest(look(() => ({ 'b1.20261101.120000': 1 }))));

    const again = await promote(context, newest(look(() => ({ 'b1.20261101.120000': 1, 'b2.20261105.030000': 1 }))));

    expect(again).toMatchObject({ outcome: 'updated' });
    expect(recordOf(context.bare, 'dev').applications['shop']?.images['orders']?.tag).toBe('b2.20261105.030000');
  });

  test.each([
    [
      'a commit that is on no branch that is built',
      { 'b2.20261101.120000': 100 },
      'acme/orders:b2.20261101.120000 says that it was built from a00000000064, which is not on main of shop: nothing says that it was tested',
    ],
    [
      'no commit',
      { 'b2.20261101.120000': undefined },
      'acme/orders:b2.20261101.120000 does not say which commit it was built from, so that nothing says that it was tested',
    ],
    [
      'no version',
      {},
      'acme/orders has no tag that is a version that matches ^b(?<build>\\d+)\\.(?<date>\\d{8})\\.(?<time>\\d{6})$',
    ],
  ])('fails for an image of %s, and moves nothing', async (_, images: Record<string, number | undefined>, what) => {
    const context = await opsContext({ delivery: delivery() });

    expect((await refusals(promote(context, newest(look(() => images)))))[0]?.what).toBe(what);
    expect(await context.repository.tip('env/dev')).toBeUndefined();
  });

  test('fails where the checkout has neither the commit nor the branch', async () => {
    const context = await opsContext({ delivery: delivery() });
    const nobody: Ancestry = { relate: () => Promise.resolve('unknown') };
    const found = look(() => ({ 'b2.20261101.120000': 2 }));

    expect(await refusals(promote(context, newest(found, { sources: nobody })))).toEqual([
      {
        code: 'unknown-ancestry',
        what: 'acme/orders:b2.20261101.120000 says that it was built from a00000000002, and the checkout of shop does not have that commit, or not the branch main',
        next: 'fetch main of shop, and name the checkout with --source FOLDER; a commit that is nowhere there was never tested',
      },
    ]);
  });

  test('fails for two tags that the scheme does not tell apart', async () => {
    const { artifacts, ...rest } = delivery();
    const byBuild = artifacts.map((it) =>
      it.scheme.kind === 'numeric' ? { ...it, scheme: { ...it.scheme, by: ['build'] } } : it,
    );
    const context = await opsContext({ delivery: { ...rest, artifacts: byBuild } });
    const found = look(() => ({ 'b2.20261101.120000': 2, 'b2.20261102.120000': 3 }));

    expect((await refusals(promote(context, newest(found))))[0]?.what).toBe(
      'acme/orders:b2.20261101.120000 and acme/orders:b2.20261102.120000 are the same version, so that neither is the newest',
    );
  });

  test('fails where a registry does not answer, with what it said', async () => {
    const context = await opsContext({ delivery: delivery() });
    const found: RegistryLook = {
      ...look(() => ({})),
      tagsOf: () => Promise.reject(new RegistryError('limited', 'registry.example has a rate limit')),
    };

    expect((await refusals(promote(context, newest(found))))[0]).toMatchObject({
      code: 'busy',
      what: 'the newest of acme/orders cannot be found: registry.example has a rate limit',
    });
  });

  test('fails where nothing is looked for, and where nobody is to be asked', async () => {
    const built = await opsContext({ delivery: builtByKpack() });
    const { look: _, ...unasked } = newest(look(() => ({})));

    expect((await refusals(promote(built, newest(look(() => ({}))))))[0]?.what).toBe(
      'dev takes from no supply whose images are looked for in their registry',
    );
    expect(
      (await refusals(promote(await opsContext({ delivery: withKargo() }), newest(look(() => ({})))))).at(0),
    ).toEqual({
      code: 'wrong-input',
      what: 'dev is moved by Kargo, which looks in the registry itself',
      next: 'have Kargo promote it, or name what enters: npx portolan promote dev --image SERVICE=REF',
    });
    expect((await refusals(promote(await opsContext({ delivery: delivery() }), unasked)))[0]?.what).toBe(
      'the newest is in a registry, and nobody is to ask one',
    );
  });
});

describe('waiting for the image of a commit', () => {
  const source = { kind: 'newest', sourceCommit: sourceCommit(2) } as const;

  test('looks again as long as the stage says, and takes it or a later one', async () => {
    const context = await opsContext({ delivery: delivery(40) });
    const found = look(() => ({
      'b1.20261101.120000': 1,
      ...(found.waits.length >= 3 ? { 'b2.20261101.121500': 3 } : {}),
    }));

    expect(await promote(context, newest(found, { source }))).toMatchObject({ outcome: 'created' });
    expect(found.waits).toEqual([5, 5, 5]);
  });

  test('fails when that is over, never longer, and moves nothing', async () => {
    const context = await opsContext({ delivery: delivery(12) });
    const found = look(() => ({ 'b1.20261101.120000': 1 }));

    expect(await refusals(promote(context, newest(found, { source })))).toEqual([
      {
        code: 'not-found',
        what: 'the registry has no image yet that was built from a00000000002, or from a later commit',
        next: 'look whether its build goes on or failed, and run the same again',
      },
    ]);
    expect(found.waits).toEqual([5, 5, 2]);
    expect(await context.repository.tip('env/dev')).toBeUndefined();
  });

  test('does not wait where the image that is there was never tested', async () => {
    const context = await opsContext({ delivery: delivery(40) });
    const found = look(() => ({ 'b1.20261101.120000': 100 }));

    expect((await refusals(promote(context, newest(found, { source }))))[0]?.code).toBe('unmerged');
    expect(found.waits).toEqual([]);
  });
});
