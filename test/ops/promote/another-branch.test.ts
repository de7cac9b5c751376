import { describe, expect, test } from '@jest/globals';
import { hold } from '../../../src/ops/hold/hold.ts';
import { readHistory } from '../../../src/ops/history/read-history.ts';
import { ancestryIn, ancestryInAny } from '../../../src/ops/program/ancestry.ts';
import { promote, type PromoteOptions } from '../../../src/ops/promote/promote.ts';
import { readStatus } from '../../../src/ops/status/read-status.ts';
import { environmentOf, type Delivery } from '../../../src/model/delivery.ts';
import { bareRepository, commitByHand, gitIn, temporaryFolder } from '../../support/git.ts';
import { validDelivery, withStage } from '../../support/valid-delivery.ts';
import { opsContext, recordOf, refusal } from '../support/fake-ops.ts';
import '../../support/patience.ts';

/** The delivery whose dev takes what nobody merged. */
const delivery: Delivery = withStage(validDelivery(), 'dev', (stage) => ({
  ...stage,
  acceptsUnmerged: 'developers try their branches in dev',
}));

/** A source with two branches that nobody merged, each two commits beyond main, and a clone of it. */
function source() {
  const bare = bareRepository();
  const base = commitByHand(bare, 'main', { 'README.md': '1' });
  for (const branch of ['cart', 'search']) gitIn(bare, 'branch', branch, 'main');
  const [cart1, cart2] = ['1', '2'].map((text) => commitByHand(bare, 'cart', { cart: text })) as [string, string];
  const [search1, search2] = ['1', '2'].map((text) => commitByHand(bare, 'search', { search: text })) as [
    string,
    string,
  ];
  const clone = temporaryFolder();
  gitIn(clone, 'clone', '--quiet', bare, '.');
  return { bare, clone, base, cart1, cart2, search1, search2 };
}

const built = (clone: string, commit: string, artifacts = ['orders', 'payments']): PromoteOptions => ({
  environment: 'dev',
  source: {
    kind: 'build',
    images: Object.fromEntries(artifacts.map((name) => [name, `acme/${name}:${commit}`])),
    sourceCommit: commit,
  },
  sources: ancestryIn(clone),
});

/** An ops repository whose dev runs a commit. */
async function running(clone: string, commit: string, of: Delivery = delivery) {
  const context = await opsContext({ delivery: of });
  await promote(context, built(clone, commit));
  return context;
}

const short = (commit: string): string => commit.slice(0, 12);
const runs = ({ bare }: { readonly bare: string }): string | undefined =>
  recordOf(bare, 'dev').applications['shop']?.source?.commit;

describe('a build of another branch, where the stage accepts what nobody merged', () => {
  test('replaces what runs, and says so; history and status are as of any promotion', async () => {
    const { clone, cart1, search1 } = source();
    const context = await running(clone, cart1);

    const result = await promote(context, built(clone, search1));

    expect(result).toMatchObject({ outcome: 'updated', release: short(search1), previousRelease: short(cart1) });
    expect(result.notices).toEqual([
      `${short(search1)} is of another branch than ${short(cart1)}, which ran: dev accepts what nobody merged, and the later promotion counts`,
    ]);
    const [status] = await readStatus(context, [environmentOf(delivery, 'dev')]);
    expect(status?.published).toMatchObject({ release: short(search1) });
    const { entries } = await readHistory(context.repository, result.commit);
    expect(entries.map(({ record }) => record.change.kind)).toEqual(['promote', 'promote']);
  });

  test('twice is one commit, and changes places as often as it is promoted', async () => {
    const { clone, cart1, search1 } = source();
    const context = await running(clone, cart1);
    await promote(context, built(clone, search1));

    expect(await promote(context, built(clone, search1))).toMatchObject({ outcome: 'unchanged', notices: [] });
    expect(await promote(context, built(clone, cart1))).toMatchObject({ outcome: 'updated', release: short(cart1) });
  });

  test('is superseded where it is of the same branch and comes late, and where main is behind what runs', async () => {
    const { clone, base, cart1, cart2 } = source();
    const context = await running(clone, cart2);

    for (const late of [cart1, base])
      expect(await promote(context, built(clone, late))).toMatchObject({ outcome: 'superseded' });
    expect(runs(context)).toBe(cart2);
  });

  test('stays out while the stage is held', async () => {
    const { clone, cart1, search1 } = source();
    const context = await running(clone, cart1);
    await hold(context, { environment: 'dev', reason: 'a demo' });

    for (const requester of [context.requester, { actor: 'ci', automatic: true, run: 'https://ci.example/7' }])
      expect(await refusal(promote({ ...context, requester }, built(clone, search1)))).toContain('dev is held');
    expect(runs(context)).toBe(cart1);
  });

  test('stays out where one of its images would go back, and where the stage does not accept it', async () => {
    const { clone, base, cart1, search1 } = source();
    const mixed = await running(clone, base);
    await promote(mixed, built(clone, cart1, ['orders']));
    await promote(mixed, built(clone, search1, ['payments']));
    const older: PromoteOptions = {
      ...built(clone, base),
      source: {
        kind: 'build',
        images: { orders: `acme/orders:${search1}`, payments: `acme/payments:${base}` },
      },
    };
    expect(await refusal(promote(mixed, older))).toContain('is neither newer nor older than');

    const strict = await running(clone, cart1, validDelivery());
    expect(await refusal(promote(strict, built(clone, search1)))).toContain(
      `${short(search1)} is neither newer nor older than ${short(cart1)}, which runs`,
    );
  });
});

describe('a build whose branch is gone, or was pushed anew', () => {
  test('makes place for the next one, once the clone has all that its remote has', async () => {
    const { bare, cart2, search1 } = source();
    const before = temporaryFolder();
    gitIn(before, 'clone', '--quiet', bare, '.');
    const context = await running(before, cart2);
    gitIn(bare, 'branch', '-D', 'cart');
    const clone = temporaryFolder();
    gitIn(clone, 'clone', '--quiet', `file://${bare}`, '.');

    expect(await promote(context, built(clone, search1))).toMatchObject({
      outcome: 'updated',
      notices: [expect.stringContaining(`${short(search1)} is of another branch than ${short(cart2)}`)],
    });
  });

  test('fails where the clone is behind, because what runs may be newer', async () => {
    const { bare, clone, cart2 } = source();
    const cart3 = commitByHand(bare, 'cart', { cart: '3' });
    const newer = temporaryFolder();
    gitIn(newer, 'clone', '--quiet', bare, '.');
    const context = await running(newer, cart3);

    const refused = await refusal(promote(context, built(clone, cart2)));

    expect(refused).toContain('is behind its remote');
    expect(refused).toContain('fetch origin');
    expect(runs(context)).toBe(cart3);
  });

  test('fails where no remote answers, where the clone does not have what would enter, and where the stage does not accept it', async () => {
    const { bare, clone, cart2, search1, search2 } = source();
    const context = await running(clone, cart2);
    const strict = await running(clone, cart2, validDelivery());
    for (const branch of ['cart', 'search']) gitIn(bare, 'branch', '-D', branch);
    gitIn(bare, 'branch', 'search', search1);
    const after = temporaryFolder();
    gitIn(after, 'clone', '--quiet', `file://${bare}`, '.');

    expect(await refusal(promote(strict, built(after, search1)))).toContain('nobody knows whether');
    expect(await refusal(promote(context, built(after, search2)))).toContain('nobody knows whether');
    gitIn(after, 'remote', 'remove', 'origin');
    expect(await refusal(promote(context, built(after, search1)))).toContain('has no remote that can be asked');
    // Of several clones each must have been asked: this one has no remote, and could be the one that the commit is of.
    const whole = temporaryFolder();
    gitIn(whole, 'clone', '--quiet', `file://${bare}`, '.');
    const sources = ancestryInAny([ancestryIn(whole), ancestryIn(after)]);
    expect(await refusal(promote(context, { ...built(whole, search1), sources }))).toContain(
      'has no remote that can be asked',
    );
    expect(runs(context)).toBe(cart2);
  });
});
