import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../src/model/delivery.ts';
import { ancestryIn, ancestryInAny } from '../../../src/ops/program/ancestry.ts';
import { promote, type PromoteOptions } from '../../../src/ops/promote/promote.ts';
import { builtByKpack } from '../../support/built-by-kpack.ts';
import { bareRepository, commitByHand, gitIn, temporaryFolder } from '../../support/git.ts';
import { withStage } from '../../support/valid-delivery.ts';
import { opsContext, recordOf, refusal } from '../support/fake-ops.ts';
import '../../support/patience.ts';

/** A delivery whose dev takes what is built of any branch but those of bots. */
const delivery: Delivery = withStage(
  builtByKpack({
    discovery: { kind: 'registryPoll', intervalMinutes: 5 },
    triggers: [{ on: 'push', repository: 'shop', branches: ['**'], branchesIgnore: ['bots/**'] }],
    buildsUnmerged: true,
  }),
  'dev',
  (stage) => ({ ...stage, acceptsUnmerged: 'developers try their branches in dev' }),
);

const clonedFrom = (bare: string): string => {
  const clone = temporaryFolder();
  gitIn(clone, 'clone', '--quiet', `file://${bare}`, '.');
  return clone;
};

/** A source with a commit on each of three branches. */
function source() {
  const bare = bareRepository();
  const main = commitByHand(bare, 'main', { 'README.md': '1' });
  const [cart, search, bot] = ['cart', 'search', 'bots/raise'].map((branch) => {
    gitIn(bare, 'branch', branch, 'main');
    return commitByHand(bare, branch, { file: branch });
  }) as [string, string, string];
  return { bare, main, cart, search, bot };
}

/** Tags of builds, in their order, and what each says that it is of. */
const newest = (commits: readonly string[], clones: readonly string[]): PromoteOptions => {
  const images = new Map<string, string>(commits.map((commit, i) => [`b${i + 1}.20261101.120000`, commit]));
  return {
    environment: 'dev',
    source: { kind: 'newest' },
    sources: ancestryInAny(clones.map((clone) => ancestryIn(clone))),
    look: {
      tagsOf: () => Promise.resolve([...images.keys()]),
      revisionOf: (reference) => Promise.resolve(images.get(reference.replace('acme/orders:', ''))),
      wait: () => Promise.reject(new Error('nothing is waited for')),
    },
    resolveDigest: () => Promise.resolve(`sha256:${'d'.repeat(64)}`),
  };
};

const runs = ({ bare }: { readonly bare: string }): string | undefined =>
  recordOf(bare, 'dev').applications['shop']?.source?.commit;

describe('promoting the newest where any branch is built', () => {
  test('follows each push, whichever branch it was to, and goes back with none', async () => {
    const { bare, main, cart, search } = source();
    const clone = clonedFrom(bare);
    const context = await opsContext({ delivery });

    for (const [built, expected] of [
      [[cart], cart],
      [[cart, search], search],
      [[cart, search, main], main],
    ] as const) {
      await promote(context, newest(built, [clone]));
      expect(runs(context)).toBe(expected);
    }
    expect(await promote(context, newest([cart], [clone]))).toMatchObject({ outcome: 'superseded' });
  });

  test('passes over a build whose branch is gone, and stays where nothing newer is of one that is there', async () => {
    const { bare, cart, search } = source();
    const context = await opsContext({ delivery });
    await promote(context, newest([cart, search], [clonedFrom(bare)]));
    gitIn(bare, 'branch', '-D', 'search');
    const clone = clonedFrom(bare);

    expect(await promote(context, newest([cart, search], [clone]))).toMatchObject({ outcome: 'superseded' });
    expect(runs(context)).toBe(search);
    const cart2 = commitByHand(bare, 'cart', { file: '2' });
    await promote(context, newest([cart, search, cart2], [clonedFrom(bare)]));
    expect(runs(context)).toBe(cart2);
  });

  test('fails where no build is of a branch that counts, and says so of the newest', async () => {
    const { bare, cart, bot } = source();
    const clone = clonedFrom(bare);
    const context = await opsContext({ delivery });

    expect(await refusal(promote(context, newest([bot], [clone])))).toContain(`was built from ${bot.slice(0, 12)}`);
    gitIn(bare, 'branch', '-D', 'cart');
    const gone = Array.from({ length: 21 }, () => cart);
    expect(await refusal(promote(context, newest([...gone, cart], [clonedFrom(bare)])))).toContain(
      'acme/orders:b22.20261101.120000 says that it was built from',
    );
    expect(await context.repository.tip('env/dev')).toBeUndefined();
  });

  test('fails at the first where merged code alone is built, as ever', async () => {
    const { bare, main, cart } = source();
    const merged: Delivery = {
      ...delivery,
      supplies: delivery.supplies.map(({ buildsUnmerged: _, ...supply }) => ({
        ...supply,
        triggers: [{ on: 'push', repository: 'shop', branches: ['main', 'release/*'] }],
      })),
    };
    const context = await opsContext({ delivery: merged });

    expect(await refusal(promote(context, newest([main, cart], [clonedFrom(bare)])))).toContain(
      'which is not on main or release/* of shop',
    );
    gitIn(bare, 'branch', 'release/2', cart);
    await promote(context, newest([main, cart], [clonedFrom(bare)]));
    expect(runs(context)).toBe(cart);
  });
});
