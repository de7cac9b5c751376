import { describe, expect, test } from '@jest/globals';
import { argoApplicationName } from '../../../src/model/names.ts';
import { hold, unhold } from '../../../src/ops/hold/hold.ts';
import { readHistory } from '../../../src/ops/history/read-history.ts';
import { promote, type PromoteOptions } from '../../../src/ops/promote/promote.ts';
import { publish } from '../../../src/ops/publish/publish.ts';
import { rollback } from '../../../src/ops/rollback/rollback.ts';
import { filesOf, gitIn } from '../../support/git.ts';
import { applications, severalApplications } from '../../support/several-applications.ts';
import { refusal, sourceCommit } from '../support/fake-ops.ts';
import { publishAll, recordOn, seenBy, severalOps } from '../support/several-ops.ts';
import '../../support/patience.ts';

const one = severalApplications(['shop']);
const several = severalApplications();

const build = (number: number, application?: string): PromoteOptions => ({
  environment: 'dev',
  ...(application === undefined ? {} : { application }),
  source: { kind: 'build', images: { orders: `acme/orders:${sourceCommit(number)}` } },
});

/** What the cluster gets of an application: the files of its folder. */
const applied = (bare: string, branch: string): ReadonlyMap<string, string> =>
  new Map([...filesOf(bare, branch)].filter(([path]) => path.startsWith('manifests/shop/')));

const tip = (bare: string, branch: string): string => gitIn(bare, 'rev-parse', branch);

/** `dev` with one application, at release 1. */
const alone = async () => {
  const context = await severalOps(['shop']);
  await publish(context, { environment: 'dev' });
  await promote(context, build(1));
  return context;
};

/** The same after it got two more, as the second commit of the program says. */
const apart = async () => {
  const context = await alone();
  const next = seenBy(context, several, 2);
  const outcomes = await publishAll(next, 'dev');
  return { context, next, outcomes };
};

describe('an environment that gets further applications', () => {
  test('gives each its own branch: the first goes on with its release, and nothing of it changes in the cluster', async () => {
    const before = await alone();
    const running = applied(before.bare, 'env/dev');
    const from = tip(before.bare, 'env/dev');
    const next = seenBy(before, several, 2);

    expect(await publishAll(next, 'dev')).toEqual(['created', 'created', 'created', 'updated']);

    expect(running.size).toBeGreaterThan(3);
    expect(applied(before.bare, 'app/dev/shop')).toEqual(running);
    expect(applied(before.bare, 'env/dev').size).toBe(0);
    expect(recordOn(before.bare, 'app/dev/shop')).toMatchObject({
      applications: { shop: { images: { orders: { tag: sourceCommit(1) } } } },
      origin: { kind: 'build' },
      change: { kind: 'publish', follows: { release: sourceCommit(1).slice(0, 12), commit: from } },
    });
    expect(recordOn(before.bare, 'env/dev')).toMatchObject({ applications: {}, holds: [] });
  });

  test('keeps the names of what is there, and the folder that is followed', () => {
    const [was, is] = [one, several].map((delivery) => {
      const [dev] = delivery.environments;
      return [argoApplicationName(delivery, dev!, dev!.applications[0]), dev!.applications[0]!.name];
    });

    expect(is).toEqual(was);
  });

  test('says that its Application must follow the new branch, and that nothing else is lost', async () => {
    const context = await alone();
    const next = seenBy(context, several, 2);
    for (const application of applications) await publish(next, { environment: 'dev', application });

    const written = await publish(next, { environment: 'dev' });

    expect(written.removals).toEqual([]);
    expect(written.steps).toContain(
      'the Application must follow app/dev/shop, where its objects lie now, and no longer env/dev',
    );
  });

  test('takes its hold along, which can be ended before and after', async () => {
    const context = await alone();
    await hold(context, { environment: 'dev', reason: 'the sale is on' });
    const next = seenBy(context, several, 2);

    expect(await refusal(publish(next, { environment: 'dev', application: 'shop' }))).toContain('dev/shop is held');
    expect(await unhold(next, { environment: 'dev', application: 'shop' })).toMatchObject({ branch: 'env/dev' });
    await publishAll(next, 'dev');
    expect(await hold(next, { environment: 'dev', application: 'shop', reason: 'again' })).toMatchObject({
      branch: 'app/dev/shop',
    });
  });

  test('is at rest once it is done: the same again writes nothing', async () => {
    const { next } = await apart();

    expect(await publishAll(next, 'dev')).toEqual(['unchanged', 'unchanged', 'unchanged', 'unchanged']);
    expect(await promote(next, build(2, 'shop'))).toMatchObject({ outcome: 'updated', branch: 'app/dev/shop' });
  });

  test('fails to promote, and to roll back, between the two writes of the move, with what ends it', async () => {
    const context = await alone();
    const next = seenBy(context, several, 2);
    await publish(next, { environment: 'dev', application: 'shop' });
    const moving =
      'the release of dev/shop lies on env/dev, and has not moved to app/dev/shop yet\n    next: npx portolan publish dev';

    expect(await refusal(promote(next, build(2, 'shop')))).toBe(`portolan: dev/shop was not promoted\n  ${moving}`);
    expect(await refusal(rollback(next, { environment: 'dev', application: 'shop' }))).toBe(
      `portolan: dev/shop was not rolled back\n  ${moving}`,
    );
  });

  test('fails to take the objects from the old branch before the new one has them', async () => {
    const context = await alone();
    const next = seenBy(context, several, 2);
    const before = tip(context.bare, 'env/dev');

    expect(await refusal(publish(next, { environment: 'dev' }))).toContain(
      'app/dev/shop does not hold a00000000001 of shop yet, which env/dev names',
    );
    expect(tip(context.bare, 'env/dev')).toBe(before);
  });

  test('goes on with what an older program promoted meanwhile: the old branch has the say until the move is done', async () => {
    const context = await alone();
    const next = seenBy(context, several, 2);
    await publish(next, { environment: 'dev', application: 'shop' });
    await promote(context, build(3));

    expect(await refusal(publish(next, { environment: 'dev' }))).toContain('app/dev/shop does not hold a00000000003');
    expect(await publishAll(next, 'dev')).toEqual(['updated', 'created', 'created', 'updated']);
    expect(recordOn(context.bare, 'app/dev/shop').applications).toMatchObject({
      shop: { images: { orders: { tag: sourceCommit(3) } } },
    });
  });
});

describe('an environment that is left with one application', () => {
  test('has everything on its branch again, and nothing changes in the cluster', async () => {
    const { context, next } = await apart();
    await promote(next, build(2, 'shop'));
    const running = applied(context.bare, 'app/dev/shop');
    const from = tip(context.bare, 'app/dev/shop');
    const back = seenBy(context, one, 3);

    expect(await refusal(promote(back, build(4)))).toContain(
      'the release of dev lies on app/dev/shop, and has not moved to env/dev yet',
    );
    expect(await publishAll(back, 'dev')).toEqual(['updated']);

    expect(applied(context.bare, 'env/dev')).toEqual(running);
    expect(recordOn(context.bare, 'env/dev')).toMatchObject({
      applications: { shop: { images: { orders: { tag: sourceCommit(2) } } } },
      change: { follows: { commit: from } },
    });
    expect(await promote(back, build(4))).toMatchObject({ outcome: 'updated', branch: 'env/dev' });
  });

  test('keeps the branches of the others as what they are: the record of what ran', async () => {
    const { context } = await apart();
    const before = ['app/dev/shop', 'app/dev/bank', 'app/dev/audit'].map((branch) => tip(context.bare, branch));

    await publishAll(seenBy(context, one, 3), 'dev');

    expect(['app/dev/shop', 'app/dev/bank', 'app/dev/audit'].map((branch) => tip(context.bare, branch))).toEqual(
      before,
    );
  });

  test('may part once more: what it ran last goes on, whatever the old branches say', async () => {
    const { context } = await apart();
    const back = seenBy(context, one, 3);
    await publishAll(back, 'dev');
    await promote(back, build(5));

    expect(await publishAll(seenBy(context, several, 4), 'dev')).toEqual([
      'updated',
      'unchanged',
      'unchanged',
      'updated',
    ]);

    expect(recordOn(context.bare, 'app/dev/shop').applications).toMatchObject({
      shop: { images: { orders: { tag: sourceCommit(5) } } },
    });
    const { entries } = await readHistory(context.repository, tip(context.bare, 'app/dev/shop'));
    expect(entries.map(({ release }) => release)).toEqual(
      [sourceCommit(5), sourceCommit(1)].map((it) => it.slice(0, 12)),
    );
  });
});
