import { describe, expect, test } from '@jest/globals';
import { hold } from '../../../src/ops/hold/hold.ts';
import { promote } from '../../../src/ops/promote/promote.ts';
import { reviseProposals } from '../../../src/ops/proposals/revise-proposals.ts';
import { publish } from '../../../src/ops/publish/publish.ts';
import { rollback } from '../../../src/ops/rollback/rollback.ts';
import { gitIn } from '../../support/git.ts';
import { gatedOps } from '../support/gated-ops.ts';
import { FakePullRequests } from '../support/fake-pull-requests.ts';
import { fakeRender, fromDev, program } from '../support/fake-ops.ts';
import '../../support/patience.ts';

describe('open pull requests after the branch moved', () => {
  test('are left alone while they stand on its tip', async () => {
    const context = await gatedOps();
    const { commit } = await promote(context, fromDev('v1.1.0'));

    expect(await reviseProposals(context, { environment: 'prod' })).toMatchObject([
      { outcome: 'current', pullRequest: { number: 2 } },
    ]);
    expect(gitIn(context.bare, 'rev-parse', 'promote/prod/v1.1.0')).toBe(commit);
  });

  test('are rendered again from the new tip, in the name of who asked first', async () => {
    const context = await gatedOps();
    await promote({ ...context, requester: { actor: 'bob', run: 'https://ci.example/1' } }, fromDev('v1.1.0'));
    const newer = { ...context, program: program(2), render: fakeRender({ level: 'DEBUG' }) };
    await publish(newer, { environment: 'prod' });
    const moved = context.pullRequests.merge(3);
    await context.repository.refresh();

    expect(await reviseProposals(newer, { environment: 'prod' })).toMatchObject([
      { outcome: 'rendered again', pullRequest: { number: 2 } },
    ]);

    expect(gitIn(context.bare, 'rev-parse', 'promote/prod/v1.1.0^')).toBe(moved);
    const files = gitIn(
      context.bare,
      'show',
      'promote/prod/v1.1.0:release.yaml',
      'promote/prod/v1.1.0:manifests/shop/configmap.prod-orders-config.yaml',
    );
    expect(files).toContain('DEBUG');
    expect(files).toContain('by: "bob"\n  run: "https://ci.example/1"');
    expect(files).toContain('pullRequest: "https://host.example/pull/2"');
  });

  test('say in their text who asked first, what changes now, and what is to be done, when they are rendered again', async () => {
    const context = await gatedOps();
    await promote({ ...context, requester: { actor: 'bob', run: 'https://ci.example/1' } }, fromDev('v1.1.0'));
    const before = context.pullRequests.all[1]?.text;
    const newer = { ...context, program: program(2), render: fakeRender({ kinds: ['Deployment', 'CronJob'] }) };
    const moved = gitIn(context.bare, 'commit-tree', 'env/prod^{tree}', '-p', 'env/prod', '-m', 'Moved');
    gitIn(context.bare, 'update-ref', 'refs/heads/env/prod', moved);
    await context.repository.refresh();

    await reviseProposals(newer, { environment: 'prod' });

    expect(before?.body).not.toContain('To do');
    expect(context.pullRequests.all[1]?.text.title).toBe('Release prod v1.1.0');
    expect(context.pullRequests.all[1]?.text.body.split('\n\n').slice(0, 3)).toEqual([
      'Asked by bob (https://ci.example/1). To go back after the merge: `npx portolan rollback prod`.',
      '**To do, in this order**',
      '- bootstrap/ changed: run "pulumi up --stack prod" first\n- the AppProject must allow CronJob.apps before Argo CD applies one',
    ]);
  });

  test('are closed, with their branches, when something newer was merged', async () => {
    const context = await gatedOps();
    await promote(context, fromDev('v1.1.0'));
    const newer = new FakePullRequests(context.bare);
    await promote({ ...context, pullRequests: newer }, fromDev('v1.2.0'));
    newer.merge(1);
    await context.repository.refresh();

    expect(await reviseProposals(context, { environment: 'prod' })).toMatchObject([
      { outcome: 'closed', because: expect.stringContaining('prod runs v1.2.0 already: v1.1.0 is older than v1.2.0') },
    ]);
    expect(gitIn(context.bare, 'for-each-ref', 'refs/heads/promote')).toBe('');
  });

  test('are closed when the branch holds it already', async () => {
    const context = await gatedOps();
    await promote(context, fromDev('v1.1.0'));
    const tree = gitIn(context.bare, 'rev-parse', 'promote/prod/v1.1.0');
    context.pullRequests.merge(2);
    gitIn(context.bare, 'update-ref', 'refs/heads/promote/prod/v1.1.0', tree);
    context.pullRequests.all[1]!.state = 'open';
    await context.repository.refresh();

    expect(await reviseProposals(context, { environment: 'prod' })).toMatchObject([
      { outcome: 'closed', because: 'env/prod holds it already' },
    ]);
    expect(context.pullRequests.open).toEqual([]);
    expect(gitIn(context.bare, 'for-each-ref', 'refs/heads/promote')).toBe('');
  });

  test('are closed with the reason when they are refused from the new tip', async () => {
    const context = await gatedOps();
    const bot = { ...context, requester: { actor: 'ci', automatic: true } };
    await promote(bot, fromDev('v1.1.0'));
    await hold(context, { environment: 'prod', reason: 'freeze' });
    context.pullRequests.merge(3);
    await context.repository.refresh();

    expect(await reviseProposals(context, { environment: 'prod' })).toMatchObject([
      {
        outcome: 'closed',
        because:
          'prod is held, and automation does not pass a hold that a person put\nheld by alice since 2026-01-31T12:00:00Z: freeze',
      },
    ]);
    expect(context.pullRequests.all[1]?.comments).toEqual([
      'Closed: prod is held, and automation does not pass a hold that a person put\nheld by alice since 2026-01-31T12:00:00Z: freeze',
    ]);
  });

  test('are left to another run when only the program at hand is too old to render them', async () => {
    const context = await gatedOps();
    const { commit } = await promote(context, fromDev('v1.1.0'));
    const newer = { ...context, program: program(2), render: fakeRender({ level: 'DEBUG' }) };
    await publish(newer, { environment: 'prod' });
    context.pullRequests.merge(3);
    await context.repository.refresh();

    expect(await reviseProposals(context, { environment: 'prod' })).toMatchObject([
      { outcome: 'left', because: expect.stringContaining('is older than the one that rendered the branch') },
    ]);
    expect(gitIn(context.bare, 'rev-parse', 'promote/prod/v1.1.0')).toBe(commit);
    expect(context.pullRequests.open).toHaveLength(1);
  });

  test('of every kind are asked for again', async () => {
    const context = await gatedOps();
    await promote(context, fromDev('v1.1.0'));
    context.pullRequests.merge(2);
    await context.repository.refresh();
    await publish({ ...context, render: fakeRender({ level: 'DEBUG' }) }, { environment: 'prod' });
    await rollback(context, { environment: 'prod', reason: 'bad' });
    await hold(context, { environment: 'prod', reason: 'wait' });
    const moved = gitIn(context.bare, 'commit-tree', 'env/prod^{tree}', '-p', 'env/prod', '-m', 'Moved');
    gitIn(context.bare, 'update-ref', 'refs/heads/env/prod', moved);
    await context.repository.refresh();

    const revised = await reviseProposals(
      { ...context, render: fakeRender({ level: 'DEBUG' }) },
      { environment: 'prod' },
    );

    expect(revised.map(({ pullRequest, outcome }) => [pullRequest.head, outcome])).toEqual([
      ['promote/prod/publish', 'rendered again'],
      ['promote/prod/rollback-v1.0.0', 'rendered again'],
      ['promote/prod/hold-alice-716ecabb', 'rendered again'],
    ]);
    expect(revised.map(({ pullRequest }) => gitIn(context.bare, 'log', '-1', '--format=%P', pullRequest.head))).toEqual(
      [moved, moved, moved],
    );
  });
});
