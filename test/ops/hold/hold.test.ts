import { describe, expect, test } from '@jest/globals';
import { hold, unhold } from '../../../src/ops/hold/hold.ts';
import { promote } from '../../../src/ops/promote/promote.ts';
import { publish } from '../../../src/ops/publish/publish.ts';
import { commitByHand, filesOf, gitIn, subjectsOf } from '../../support/git.ts';
import { build, fakeRender, opsContext, recordOf, refusal } from '../support/fake-ops.ts';
import { gatedOps } from '../support/gated-ops.ts';
import '../../support/patience.ts';

const robot = { actor: 'ci', automatic: true };

describe('a second hold before the first is merged', () => {
  test('keeps the reason of the first: each has a pull request of its own', async () => {
    const context = await gatedOps();

    await hold(context, { environment: 'prod', reason: 'the bank is testing' });
    await hold(context, { environment: 'prod', reason: 'the sale is on' });

    const subjects = context.pullRequests.open.map((number) => context.pullRequests.all[number - 1]?.text.title);
    expect(subjects).toEqual(['Hold prod: the bank is testing', 'Hold prod: the sale is on']);
  });
});

describe('a hold', () => {
  test('is one commit that touches release.yaml and index.json alone', async () => {
    const context = await opsContext();
    await promote(context, build(1));

    const result = await hold(context, { environment: 'dev', reason: 'the bank is testing' });

    expect(result).toMatchObject({ outcome: 'updated', release: 'a00000000001' });
    expect(gitIn(context.bare, 'diff', '--name-only', 'env/dev^', 'env/dev')).toBe('index.json\nrelease.yaml');
    expect(recordOf(context.bare, 'dev')).toMatchObject({
      change: { kind: 'hold', by: 'alice', follows: { release: 'a00000000001', commit: result.previous } },
      holds: [{ kind: 'manual', reason: 'the bank is testing', by: 'alice', since: '2026-01-31T12:00:00Z' }],
    });
  });

  test('for the same reason twice is one commit, and letting go twice is one', async () => {
    const context = await opsContext();
    await promote(context, build(1));
    await hold(context, { environment: 'dev', reason: 'wait' });
    expect(
      await hold(
        { ...context, clock: () => new Date('2027-01-01T00:00:00Z') },
        { environment: 'dev', reason: ' wait ' },
      ),
    ).toMatchObject({ outcome: 'unchanged' });

    await unhold(context, { environment: 'dev' });
    expect(await unhold(context, { environment: 'dev' })).toMatchObject({ outcome: 'unchanged' });
    expect(subjectsOf(context.bare, 'env/dev')).toEqual([
      'Let dev go',
      'Hold dev: wait',
      expect.stringContaining('Release dev'),
    ]);
  });

  test('stops every automatic promotion and every publish', async () => {
    const context = await opsContext();
    await promote(context, build(1));
    await hold(context, { environment: 'dev', reason: 'wait' });

    expect(await refusal(promote({ ...context, requester: robot }, build(2)))).toContain(
      'dev is held, and automation does not pass a hold that a person put\n    held by alice since 2026-01-31T12:00:00Z: wait',
    );
    expect(
      await refusal(publish({ ...context, render: fakeRender({ level: 'DEBUG' }) }, { environment: 'dev' })),
    ).toContain('dev is held');
  });

  test('ends when a person promotes something newer, and not when it is older', async () => {
    const context = await opsContext();
    await promote(context, build(2));
    await hold(context, { environment: 'dev', reason: 'wait' });

    expect(await refusal(promote(context, { ...build(1), allowOlder: true }))).toContain(
      'dev is held, and a00000000001 is not newer than a00000000002',
    );
    await promote(context, build(3));
    expect(recordOf(context.bare, 'dev').holds).toEqual([]);
  });

  test('leaves an edit by hand where it is, for the next publish to name', async () => {
    const context = await opsContext();
    await promote(context, build(1));
    const config = 'manifests/shop/configmap.dev-orders-config.yaml';
    commitByHand(context.bare, 'env/dev', { [config]: 'edited\n' });

    await hold(context, { environment: 'dev', reason: 'wait' });
    await unhold(context, { environment: 'dev' });

    expect(filesOf(context.bare, 'env/dev').get(config)).toBe('edited\n');
    expect(await refusal(publish(context, { environment: 'dev' }))).toContain(`${config}: changed in `);
  });
});

describe('a hold fails', () => {
  test('fails without a reason of one line, and where nothing runs', async () => {
    const context = await opsContext();
    for (const reason of ['', ' ', 'a\nRun: b'])
      expect(await refusal(hold(context, { environment: 'dev', reason }))).toBe(
        'portolan: dev was not held\n  a hold needs a reason of one line\n    next: write --reason TEXT',
      );
    expect(await refusal(hold(context, { environment: 'dev', reason: 'wait' }))).toContain('nothing runs in dev yet');
  });

  test('fails on a release edited by hand', async () => {
    const context = await opsContext();
    await promote(context, build(1));
    commitByHand(context.bare, 'env/dev', {
      'release.yaml': (filesOf(context.bare, 'env/dev').get('release.yaml') ?? '').replace('"alice"', '"mallory"'),
    });

    expect(await refusal(unhold(context, { environment: 'dev' }))).toMatch(
      /^portolan: dev was not let go\n {2}a file was edited by hand\n {4}release\.yaml:21: changed in \w{12} by Bob/,
    );
  });
});
