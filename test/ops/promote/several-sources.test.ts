import { describe, expect, test } from '@jest/globals';
import { environmentOf, type Delivery } from '../../../src/model/delivery.ts';
import { releaseId } from '../../../src/model/release.ts';
import type { OpsContext } from '../../../src/ops/ops-context.ts';
import type { Ancestry } from '../../../src/ops/program/ancestry.ts';
import { promote, type PromoteOptions, type PromoteResult } from '../../../src/ops/promote/promote.ts';
import { merged } from '../../../src/ops/promote/release-to-run.ts';
import { publish } from '../../../src/ops/publish/publish.ts';
import { readStatus } from '../../../src/ops/status/read-status.ts';
import { rollback } from '../../../src/ops/rollback/rollback.ts';
import { verify } from '../../../src/ops/verify/verify.ts';
import { hold, unhold } from '../../../src/ops/hold/hold.ts';
import { findEdits } from '../../../src/ops/branch/find-edits.ts';
import { readBranch } from '../../../src/ops/branch/branch-state.ts';
import { unitOf } from '../../../src/model/derived/units.ts';
import { commitByHand, filesOf, gitIn } from '../../support/git.ts';
import { validDelivery } from '../../support/valid-delivery.ts';
import { opsContext, recordOf, refusal } from '../support/fake-ops.ts';
import '../../support/patience.ts';

const valid = validDelivery();
const [images] = valid.supplies as readonly [Delivery['supplies'][number]];
const [shop] = valid.repositories as readonly [Delivery['repositories'][number]];

/** `orders` is built from `shop`, `payments` from `bank`. */
const delivery: Delivery = {
  ...valid,
  repositories: [
    ...valid.repositories,
    { ...shop, name: 'bank', holds: ['source'], url: 'https://github.com/acme/bank' },
  ],
  supplies: [
    { ...images, artifacts: ['orders'] },
    { ...images, name: 'payments', artifacts: ['payments'], source: 'bank' },
  ],
};

/** A commit of a source; those of higher number are newer, and no clone has those of two. */
const commitOf = (source: 'shop' | 'bank', number: number): string =>
  `${source === 'shop' ? 'a' : 'b'}${String(number)}${'0'.repeat(38)}`;
const sources: Ancestry = {
  relate: (a, b) =>
    Promise.resolve(a === b ? 'same' : !a.startsWith(b.charAt(0)) ? 'unknown' : a < b ? 'older' : 'newer'),
};

const built = (source: 'shop' | 'bank', number: number): PromoteOptions => {
  const artifact = source === 'shop' ? 'orders' : 'payments';
  const images = { [artifact]: `acme/${artifact}:${commitOf(source, number)}` };
  return { environment: 'dev', source: { kind: 'build', images }, sources, allowOlder: false };
};

async function running(): Promise<OpsContext & { readonly bare: string }> {
  const context = await opsContext({ delivery });
  await publish(context, { environment: 'dev' });
  // What the program starts with is of no source that is known.
  for (const source of ['shop', 'bank'] as const) await promote(context, { ...built(source, 1), allowOlder: true });
  return context;
}

const idOf = ({ release }: PromoteResult): string => release;
const [shop1, shop2, bank1, bank2] = [
  commitOf('shop', 1),
  commitOf('shop', 2),
  commitOf('bank', 1),
  commitOf('bank', 2),
];
const short = (commit: string): string => commit.slice(0, 12);

describe('an application whose images are built from several sources', () => {
  test('has the commit of each on record, and an id of them all, whichever came last', async () => {
    const context = await running();
    const ids = [idOf(await promote(context, built('shop', 2))), idOf(await promote(context, built('bank', 2)))];

    expect(ids).toEqual([`${short(bank1)}+${short(shop2)}`, `${short(bank2)}+${short(shop2)}`]);
    expect(recordOf(context.bare, 'dev').applications['shop']).toMatchObject({ sources: { bank: bank2, shop: shop2 } });
    expect(recordOf(context.bare, 'dev').applications['shop']?.source).toBeUndefined();
    expect(filesOf(context.bare, 'env/dev').get('index.json')).toContain('"apiVersion": "portolan/v2"');
    expect(gitIn(context.bare, 'log', '-1', '--format=%B', 'env/dev')).toContain(
      `Source-Commit: ${bank2} (bank)\nSource-Commit: ${shop2} (shop)\n`,
    );
    const [status] = await readStatus(context, [environmentOf(delivery, 'dev')]);
    expect(status?.published).toMatchObject({ sources: { bank: bank2, shop: shop2 } });
    expect(status?.published).not.toHaveProperty('source');
  });

  test('orders each image by its own source: an older one is superseded, whatever the others did since', async () => {
    const context = await running();
    await promote(context, built('shop', 3));
    await promote(context, built('bank', 2));

    expect(await promote(context, built('shop', 2))).toMatchObject({
      outcome: 'superseded',
      supersededBy: expect.stringContaining(`${short(shop2)} is older than ${short(commitOf('shop', 3))} (orders)`),
    });
    expect(await promote(context, built('bank', 3))).toMatchObject({ outcome: 'updated' });
  });

  test('is promoted once, and the same again is nothing', async () => {
    const context = await running();
    await promote(context, built('shop', 2));

    expect(await promote(context, built('shop', 2))).toMatchObject({ outcome: 'unchanged' });
  });

  test('keeps a hold that names them out of the hands of older packages, on the state before there were several too', async () => {
    const context = await running();
    const [, first] = gitIn(context.bare, 'log', '--format=%H', 'env/dev').split('\n');
    expect(gitIn(context.bare, 'show', `${first!}:index.json`)).toContain('"apiVersion": "portolan/v1"');

    await rollback(context, { environment: 'dev', to: first! });

    const version = (): string => filesOf(context.bare, 'env/dev').get('index.json')!.split('\n')[1]!;
    expect(recordOf(context.bare, 'dev').holds).toMatchObject([
      { of: { applications: { shop: { sources: { bank: bank1, shop: shop1 } } } } },
    ]);
    expect(version()).toBe('  "apiVersion": "portolan/v2",');
    expect(await verify(context, { environment: 'dev' })).toMatchObject({ differing: [], strays: [] });
    await unhold(context, { environment: 'dev' });
    expect(await verify(context, { environment: 'dev' })).toMatchObject({ differing: [], strays: [] });
  });

  test('still shows what was edited by hand in a state that comes back under such a hold', async () => {
    const context = await opsContext({ delivery });
    await publish(context, { environment: 'dev' });
    const path = [...filesOf(context.bare, 'env/dev').keys()].find((it) => it.includes('deployment'))!;
    commitByHand(context.bare, 'env/dev', { [path]: `${filesOf(context.bare, 'env/dev').get(path)!}# mine\n` });
    await hold(context, { environment: 'dev', reason: 'looking at it' });
    await unhold(context, { environment: 'dev' });
    const edited = gitIn(context.bare, 'rev-parse', 'env/dev');
    for (const source of ['shop', 'bank'] as const)
      await promote(context, { ...built(source, 1), allowOlder: true, discardEdits: true });

    const { notices } = await rollback(context, { environment: 'dev', to: edited });

    expect(notices.join('\n')).toContain(path);
    const tip = gitIn(context.bare, 'rev-parse', 'env/dev');
    const state = await readBranch(context.repository, delivery, unitOf(delivery, { environment: 'dev' }), tip);
    expect(state.kind === 'ours' ? await findEdits(context.repository, state) : []).toMatchObject([{ path }]);
  });

  test('fails to take images of two sources as one build: a commit is of one of them', async () => {
    const context = await running();
    const source = {
      kind: 'build' as const,
      images: { orders: `acme/orders:${shop2}`, payments: `acme/payments:${bank2}` },
    };

    expect(await refusal(promote(context, { environment: 'dev', source, sources }))).toContain(
      '--image: must name images of one source; orders, payments are built from shop and bank: promote what each built by itself',
    );
  });

  test('knows nothing of a source that a release does not say, and not what was known before', () => {
    const current = {
      images: {
        orders: { repository: 'acme/orders', tag: 'v1' },
        payments: { repository: 'acme/payments', tag: 'v1' },
      },
      sources: { bank: bank1, shop: shop1 },
    };
    const incoming = { images: { orders: { repository: 'acme/orders', tag: 'v2' } } };
    const next = merged(delivery, incoming, current, new Set(['orders', 'payments']));

    expect(next).toEqual({
      images: { ...current.images, ...incoming.images },
      source: { repository: 'bank', commit: bank1 },
    });
    expect(releaseId({ ...current, gitTag: 'v1' })).toBe('v1');
  });

  test('keeps the one source of a release whose images all come from it', () => {
    const current = { images: {}, source: { repository: 'shop', commit: shop1 } };

    expect(merged(valid, { images: {} }, current, new Set(['orders', 'payments']))).toEqual({ images: {} });
  });
});
