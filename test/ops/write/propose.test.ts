import { describe, expect, test } from '@jest/globals';
import { hold } from '../../../src/ops/hold/hold.ts';
import { OpsError } from '../../../src/ops/ops-error.ts';
import { promote } from '../../../src/ops/promote/promote.ts';
import { publish } from '../../../src/ops/publish/publish.ts';
import { rollback } from '../../../src/ops/rollback/rollback.ts';
import { commitByHand, gitIn } from '../../support/git.ts';
import { gatedOps, type GatedOps } from '../support/gated-ops.ts';
import { build, fakeRender, fromDev, opsContext, program, recordOf, refusal } from '../support/fake-ops.ts';
import '../../support/patience.ts';

const branches = ({ bare }: GatedOps): string => gitIn(bare, 'for-each-ref', '--format=%(refname:short)');

describe('a gated environment', () => {
  test('gets a pull request, and its branch stays as it is until that is merged', async () => {
    const context = await gatedOps();
    const before = gitIn(context.bare, 'rev-parse', 'env/prod');

    const result = await promote(context, fromDev('v1.1.0'));

    expect(result).toMatchObject({
      outcome: 'proposed',
      previous: before,
      pullRequest: { number: 2, head: 'promote/prod/v1.1.0', base: 'env/prod' },
    });
    expect(gitIn(context.bare, 'rev-parse', 'env/prod')).toBe(before);
    expect(gitIn(context.bare, 'rev-parse', 'promote/prod/v1.1.0^')).toBe(before);
    expect(context.pullRequests.all[1]?.text).toEqual({
      title: 'Release prod v1.1.0',
      body: 'Asked by alice. To go back after the merge: `npx portolan rollback prod`.\n\n**Changed files**\n\n- `manifests/shop/deployment.apps.prod-orders.yaml`\n- `manifests/shop/deployment.apps.prod-payments.yaml`',
    });

    context.pullRequests.merge(2);
    expect(recordOf(context.bare, 'prod')).toMatchObject({
      applications: { shop: { gitTag: 'v1.1.0' } },
      change: { kind: 'promote', follows: { commit: before }, pullRequest: 'https://host.example/pull/2' },
    });
  });

  test('has one pull request for the same promotion, and the same commit, whichever run asks', async () => {
    const context = await gatedOps();
    const first = await promote(context, fromDev('v1.1.0'));

    const again = await promote(
      {
        ...context,
        requester: { actor: 'bob', run: 'https://ci.example/9' },
        clock: () => new Date('2027-01-01T00:00:00Z'),
      },
      fromDev('v1.1.0'),
    );

    expect(again).toMatchObject({ outcome: 'proposed', commit: first.commit, pullRequest: { number: 2 } });
    context.pullRequests.merge(2);
    await context.repository.refresh();
    expect(await promote(context, fromDev('v1.1.0'))).toMatchObject({ outcome: 'unchanged' });
    expect(context.pullRequests.open).toEqual([]);
  });

  test('has the newer of two promotions open, and the older closed with its branch', async () => {
    const context = await gatedOps();
    await promote(context, fromDev('v1.1.0'));

    await promote(context, fromDev('v1.2.0'));

    expect(context.pullRequests.open).toEqual([3]);
    expect(context.pullRequests.all[1]).toMatchObject({
      state: 'closed',
      comments: ['Superseded by https://host.example/pull/3'],
    });
    expect(branches(context)).toBe('env/dev\nenv/prod\npromote/prod/v1.2.0');
  });

  test('refuses a promotion that is older than the one proposed', async () => {
    const context = await gatedOps();
    await promote(context, fromDev('v1.2.0'));

    expect(await promote(context, fromDev('v1.1.0'))).toMatchObject({
      outcome: 'superseded',
      supersededBy: 'the pull request https://host.example/pull/2 proposes a newer release',
    });
    expect(context.pullRequests.open).toEqual([2]);
  });

  test('has its pull request rendered again when the branch moved under it', async () => {
    const context = await gatedOps();
    await promote(context, fromDev('v1.1.0'));
    const newer = { ...context, program: program(2), render: fakeRender({ level: 'DEBUG' }) };
    await publish(newer, { environment: 'prod' });
    const moved = context.pullRequests.merge(3);
    await context.repository.refresh();
    await publish(newer, { environment: 'dev' });

    await promote(newer, fromDev('v1.1.0'));

    expect(context.pullRequests.open).toEqual([2]);
    expect(gitIn(context.bare, 'rev-parse', 'promote/prod/v1.1.0^')).toBe(moved);
    expect(
      gitIn(context.bare, 'show', 'promote/prod/v1.1.0:manifests/shop/configmap.prod-orders-config.yaml'),
    ).toContain('DEBUG');
  });

  test('leaves the pull requests of people alone', async () => {
    const context = await gatedOps();
    commitByHand(context.bare, 'fix', { 'a.txt': 'a' });
    await context.pullRequests.ensure('fix', 'env/prod', { title: 'By hand', body: '' });

    await promote(context, fromDev('v1.1.0'));

    expect(context.pullRequests.open).toEqual([2, 3]);
  });

  test('gets a pull request from every writer: publish, rollback and hold', async () => {
    const context = await gatedOps();
    await promote(context, fromDev('v1.1.0'));
    context.pullRequests.merge(2);
    await context.repository.refresh();

    await publish({ ...context, render: fakeRender({ level: 'DEBUG' }) }, { environment: 'prod' });
    await rollback(context, { environment: 'prod' });
    await hold(context, { environment: 'prod', reason: 'wait' });

    expect(context.pullRequests.open.map((number) => context.pullRequests.all[number - 1]?.head)).toEqual([
      'promote/prod/publish',
      'promote/prod/rollback-v1.0.0',
      'promote/prod/hold-alice-716ecabb',
    ]);
  });

  test('takes an emergency rollback from whom the model names, and records it', async () => {
    const context = await gatedOps();
    await promote(context, fromDev('v1.1.0'));
    context.pullRequests.merge(2);
    await context.repository.refresh();

    expect(await rollback(context, { environment: 'prod', emergency: 'orders are lost' })).toMatchObject({
      outcome: 'updated',
      release: 'v1.0.0',
    });
    expect(recordOf(context.bare, 'prod')).toMatchObject({
      change: { emergency: 'orders are lost' },
      holds: [{ reason: 'orders are lost' }],
    });
    expect(gitIn(context.bare, 'log', '-1', '--format=%(trailers:key=Emergency,valueonly)', 'env/prod').trim()).toBe(
      'orders are lost',
    );
  });
});

describe('an ungated environment', () => {
  test('gets a pull request when one is asked for', async () => {
    const context = await gatedOps();

    expect(await promote(context, { ...build(2), pullRequest: true })).toMatchObject({
      outcome: 'proposed',
      pullRequest: { head: 'promote/dev/a00000000002', base: 'env/dev' },
    });
  });
});

describe('a gated environment fails', () => {
  test('fails an emergency of anybody else, and one without a reason', async () => {
    const context = await gatedOps();

    expect(
      await refusal(
        hold({ ...context, requester: { actor: 'mallory' } }, { environment: 'prod', reason: 'x', emergency: 'x' }),
      ),
    ).toBe(
      'portolan: prod was not touched\n  mallory may not go past the gate of prod; the model names alice\n    next: leave out --emergency to open a pull request',
    );
    expect(await refusal(hold(context, { environment: 'prod', reason: 'x', emergency: ' ' }))).toContain(
      'an emergency needs a reason',
    );
  });

  test('fails on a host whose pull requests cannot be reached, but not on this disk', async () => {
    const { pullRequests: _, ...context } = await gatedOps();

    expect(await refusal(publish(context, { environment: 'prod' }))).toBe(
      "portolan: prod was not touched\n  prod takes pull requests only, and this ops repository's host cannot be asked for one\n    next: set GITHUB_TOKEN, and name an ops repository on GitHub",
    );
    expect(await publish(await opsContext(), { environment: 'prod' })).toMatchObject({ outcome: 'created' });
  });

  test('fails before its branch is there', async () => {
    const context = await gatedOps();
    gitIn(context.bare, 'update-ref', '-d', 'refs/heads/env/prod');
    await context.repository.refresh();

    expect(await refusal(publish(context, { environment: 'prod' }))).toContain(
      'there is no branch env/prod yet that a pull request could go to',
    );
  });

  test('fails to publish a program with uncommitted changes, or one that is not merged, until told to', async () => {
    const context = await gatedOps();
    const change = { render: fakeRender({ level: 'DEBUG' }) };
    const publishing = (it: Parameters<typeof program>[1]): Promise<string> =>
      refusal(publish({ ...context, ...change, program: program(2, it) }, { environment: 'dev' }));

    expect(await publishing({ uncommitted: true })).toBe(
      'portolan: dev was not published\n  the program has uncommitted changes\n    next: commit and merge first; --allow-unmerged writes all the same, and the release says so',
    );
    expect(await publishing({ merged: false })).toContain(
      "the program's commit 000000000002 is not on its default branch, as far as this clone knows",
    );
    await publish(
      { ...context, ...change, program: program(2, { merged: false }) },
      { environment: 'dev', allowUnmerged: true },
    );
    expect(recordOf(context.bare, 'dev').program).toMatchObject({ unmerged: true });
  });
});

describe('a host that fails on the way', () => {
  /** The host's requests of that kind fail. */
  const failing = async (kind: 'listOpen' | 'ensure' | 'close'): Promise<GatedOps> => {
    const context = await gatedOps();
    await promote(context, fromDev('v1.1.0'));
    const failed = (): Promise<never> =>
      Promise.reject(new OpsError('the host failed', [{ code: 'unreachable', what: 'the host did not answer' }]));
    Object.assign(context.pullRequests, { [kind]: failed });
    return context;
  };

  test('fails before the push by saying that nothing was changed, and nothing is', async () => {
    const context = await failing('listOpen');

    expect(await refusal(promote(context, fromDev('v1.2.0')))).toContain(
      'the host did not answer; nothing was changed',
    );
    expect(branches(context)).not.toContain('v1.2.0');
  });

  test('fails after the push by naming the branch that is there', async () => {
    const context = await failing('ensure');

    expect(await refusal(promote(context, fromDev('v1.2.0')))).toContain(
      'the host did not answer; the branch promote/prod/v1.2.0 is pushed, its pull request is not up to date',
    );
    expect(branches(context)).toContain('promote/prod/v1.2.0');
  });

  test('fails after the opening by naming both that are open', async () => {
    const context = await failing('close');

    expect(await refusal(promote(context, fromDev('v1.2.0')))).toContain(
      'the host did not answer; the pull request https://host.example/pull/3 is open, and so is https://host.example/pull/2, which it supersedes',
    );
    expect(context.pullRequests.open).toEqual([2, 3]);
  });
});
