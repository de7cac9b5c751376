import { afterEach, describe, expect, test } from '@jest/globals';
import { describeLeftover } from '../../../src/cli/words/describe-leftover.ts';
import { hold } from '../../../src/ops/hold/hold.ts';
import { OpsError } from '../../../src/ops/ops-error.ts';
import { promote } from '../../../src/ops/promote/promote.ts';
import { strangeProposals } from '../../../src/ops/leftovers/leftovers.ts';
import { publish } from '../../../src/ops/publish/publish.ts';
import { readStatus } from '../../../src/ops/status/read-status.ts';
import { gitHubPullRequests } from '../../../src/clients/github/pull-requests.ts';
import { FakeGitHub } from '../../support/fake-github.ts';
import { commitByHand, gitIn } from '../../support/git.ts';
import { fakeRender, fromDev } from '../support/fake-ops.ts';
import { gatedOps, type GatedOps } from '../support/gated-ops.ts';
import '../../support/patience.ts';

const head = 'promote/prod/v1.1.0';
const made = new Date('2026-01-31T12:00:00Z');
const later =
  (minutes: number): (() => Date) =>
  () =>
    new Date(made.getTime() + minutes * 60_000);
const branches = ({ bare }: GatedOps): string =>
  gitIn(bare, 'for-each-ref', '--format=%(refname:short)', 'refs/heads/promote');
const write = (context: GatedOps): ReturnType<typeof hold> => hold(context, { environment: 'prod', reason: 'wait' });
const HOLD = 'promote/prod/hold-alice-716ecabb';

/** A proposal whose pull request somebody closed by hand, two hours ago. */
async function closedByHand(): Promise<GatedOps> {
  const context = await gatedOps();
  await promote(context, fromDev('v1.1.0'));
  context.pullRequests.all[1]!.state = 'closed';
  return { ...context, clock: later(120) };
}

const leftoversOf = async (context: GatedOps): Promise<unknown> =>
  (await readStatus(context, context.delivery.environments)).find(({ environment }) => environment === 'prod')
    ?.leftovers;

describe('a branch of a proposal without an open pull request', () => {
  test('is named by status, and removed by the next writer', async () => {
    const context = await closedByHand();
    const commit = gitIn(context.bare, 'rev-parse', head);
    expect(await leftoversOf(context)).toEqual([{ branch: head, commit, at: '2026-01-31T12:00:00Z', fate: 'removed' }]);

    const result = await write(context);

    expect(result).toMatchObject({ outcome: 'proposed', leftovers: [head] });
    expect(branches(context)).toBe(HOLD);
    expect(await leftoversOf(context)).toEqual([]);
  });

  test('is removed by a writer of the branch itself too, and when it was merged and stayed', async () => {
    const context = await gatedOps();
    await promote(context, fromDev('v1.1.0'));
    const proposal = gitIn(context.bare, 'rev-parse', head);
    context.pullRequests.merge(2);
    gitIn(context.bare, 'update-ref', `refs/heads/${head}`, proposal);
    await context.repository.refresh();

    const result = await hold(
      { ...context, clock: later(120) },
      { environment: 'prod', reason: 'wait', emergency: 'now' },
    );

    expect(result).toMatchObject({ outcome: 'updated', leftovers: [head] });
    expect(branches(context)).toBe('');
  });

  test('stays while a run may be about to open its pull request', async () => {
    const context = { ...(await closedByHand()), clock: later(30) };

    expect(await leftoversOf(context)).toMatchObject([{ branch: head, fate: 'awaited' }]);
    expect(await write(context)).toMatchObject({ leftovers: [] });
    expect(branches(context)).toContain(head);
  });

  test('is pushed anew by a run that takes it up, so that nobody removes it before its pull request is open', async () => {
    const context = await closedByHand();
    const old = gitIn(context.bare, 'rev-parse', head);

    await promote(context, fromDev('v1.1.0'));

    expect(gitIn(context.bare, 'rev-parse', head)).not.toBe(old);
    expect(gitIn(context.bare, 'log', '-1', '--format=%ct', head)).toBe(`${later(120)().getTime() / 1000}`);
    expect(context.pullRequests.open).toEqual([3]);
  });

  test('stays when its pull request goes elsewhere', async () => {
    const context = await closedByHand();
    await context.pullRequests.ensure(head, 'env/dev', { title: 'To another branch', body: '' });

    expect(await leftoversOf(context)).toEqual([]);
    expect(await write(context)).toMatchObject({ leftovers: [] });
  });

  test('stays when somebody moves it after it was looked at', async () => {
    const context = await closedByHand();
    const listOpen = context.pullRequests.listOpen.bind(context.pullRequests);
    let moved = '';
    context.pullRequests.listOpen = (base) => {
      if (base === undefined) moved = commitByHand(context.bare, head, { 'notes.md': 'mine now\n' });
      return listOpen(base);
    };

    expect(await write(context)).toMatchObject({ outcome: 'proposed', leftovers: [] });
    expect(gitIn(context.bare, 'rev-parse', head)).toBe(moved);
  });

  test('stays when it is not ours: pushed to by a person, of another project, or with a name like ours', async () => {
    const context = await closedByHand();
    commitByHand(context.bare, head, { 'notes.md': 'mine\n' });
    commitByHand(context.bare, 'promote/prod/by-hand', { 'release.yaml': 'a: 1\n' });
    const other = { ...context, delivery: { ...context.delivery, name: 'bank' } };
    await context.repository.refresh();

    expect(await leftoversOf(context)).toMatchObject([
      { branch: 'promote/prod/by-hand', fate: 'kept' },
      { branch: head, fate: 'kept' },
    ]);
    expect(await write(context)).toMatchObject({ leftovers: [] });
    gitIn(context.bare, 'update-ref', `refs/heads/${head}`, `${head}^`);
    await context.repository.refresh();
    expect(await leftoversOf(context)).toMatchObject([{}, { branch: head, fate: 'removed' }]);
    expect((await strangeProposals(other)).map(({ branch }) => branch)).toEqual([]);
    expect(
      (await readStatus(other, other.delivery.environments)).flatMap(({ leftovers }) =>
        leftovers.map(({ fate }) => fate),
      ),
    ).toEqual(['kept', 'kept']);
  });

  test('is of unknown fate where no host can be asked, and nobody removes it', async () => {
    const { pullRequests: _, ...context } = await closedByHand();

    expect(
      (await readStatus(context, context.delivery.environments)).flatMap(({ leftovers }) => leftovers),
    ).toMatchObject([{ branch: head, fate: 'unknown' }]);
    expect(await hold(context, { environment: 'prod', reason: 'wait', emergency: 'now' })).toMatchObject({
      outcome: 'updated',
      leftovers: [],
    });
  });

  test('of no environment is told by itself', async () => {
    const context = await gatedOps();
    const commit = commitByHand(context.bare, 'promote/gone/v1.0.0', { 'a.txt': 'a' });
    await context.repository.refresh();

    expect(await strangeProposals(context)).toEqual([
      { branch: 'promote/gone/v1.0.0', commit, at: '2026-01-01T00:00:00Z', fate: 'kept' },
    ]);
  });

  test('fails to be removed as a notice, because the write itself is done', async () => {
    const context = await closedByHand();
    Object.assign(context.repository, {
      remove: () => Promise.reject(new OpsError('no', [{ code: 'denied', what: 'the host refuses the write' }])),
    });

    expect(await write(context)).toMatchObject({
      outcome: 'proposed',
      notices: ['what earlier proposals left over could not be removed: the host refuses the write'],
    });
  });
});

describe('with GitHub', () => {
  let github: FakeGitHub | undefined;
  afterEach(async () => github?.stop());

  test('a branch counts as left over though a fork has an open pull request of that name', async () => {
    github = await FakeGitHub.start();
    const { baseUrl } = github;
    const access = { owner: 'acme', repository: 'shop-ops', token: 'app-token', baseUrl, throttled: false };
    const context = { ...(await closedByHand()), pullRequests: gitHubPullRequests(access) };
    github.openedElsewhere(head, 'env/prod', 'mallory');

    const result = await hold(context, { environment: 'prod', reason: 'wait' });

    expect(result.leftovers).toEqual([head]);
    expect(gitIn(context.bare, 'for-each-ref', '--format=%(refname:short)', 'refs/heads/promote')).toBe(HOLD);
  });
});

describe("a person's pull request from a branch with a name like ours", () => {
  test('is neither superseded nor closed, whatever is promoted or published', async () => {
    const context = await gatedOps();
    const mine = 'promote/prod/remove-notes';
    gitIn(context.bare, 'update-ref', `refs/heads/${mine}`, 'env/prod');
    commitByHand(context.bare, mine, { 'notes.md': 'mine\n' });
    await context.pullRequests.ensure(mine, 'env/prod', { title: 'By hand', body: '' });
    await context.repository.refresh();

    await promote(context, fromDev('v1.1.0'));
    await publish({ ...context, render: fakeRender({ level: 'DEBUG' }) }, { environment: 'prod' });

    expect(context.pullRequests.open).toEqual([2, 3, 4]);
  });
});

describe('status says of a left over branch', () => {
  const leftover = { branch: head, commit: 'c'.repeat(40), at: '2026-01-31T12:00:00Z' };
  const said = (fate: Parameters<typeof describeLeftover>[0]['fate']): string =>
    describeLeftover({ ...leftover, fate }, 'https://host.example/ops.git', later(120)());

  test('what becomes of it, and what to type', () => {
    const what = 'promote/prod/v1.1.0 at cccccccccccc, 2 hours old';
    expect((['removed', 'awaited', 'kept', 'unknown'] as const).map(said)).toEqual([
      `${what}, has no open pull request; the next write removes it`,
      `${what}, has no open pull request yet; a run may be about to open one`,
      `${what}, has no open pull request, and nothing shows that this program made it; if nobody needs it: git push https://host.example/ops.git --delete promote/prod/v1.1.0`,
      `${what}; whether it has a pull request is not known: set GITHUB_TOKEN, and name an ops repository on GitHub`,
    ]);
  });
});
