import { describe, expect, test } from '@jest/globals';
import { OpsError } from '../../../src/ops/ops-error.ts';
import { promote } from '../../../src/ops/promote/promote.ts';
import type { ReleaseRecord } from '../../../src/ops/release/release-record.ts';
import { recordPullRequest } from '../../../src/ops/write/push-proposal.ts';
import { BranchMoved } from '../../../src/ops/write/retry-moved.ts';
import { commitByHand, gitIn } from '../../support/git.ts';
import { fromDev, refusal } from '../support/fake-ops.ts';
import { gatedOps, type GatedOps } from '../support/gated-ops.ts';
import { unitOf } from '../../../src/model/derived/units.ts';
import '../../support/patience.ts';

const head = 'promote/prod/v1.1.0';

/** A proposal as it was pushed, before its pull request was known. */
async function proposed(context: GatedOps): Promise<Parameters<typeof recordPullRequest>[1]> {
  const { commit } = await promote(context, fromDev('v1.1.0'));
  const subject = 'Release prod v1.1.0';
  const unit = unitOf(context.delivery, { environment: 'prod' });
  return {
    unit,
    head,
    commit,
    subject,
    base: gitIn(context.bare, 'rev-parse', 'env/prod'),
    record: {} as ReleaseRecord,
  };
}

const addressOn = ({ bare }: GatedOps): string | undefined =>
  /pullRequest: "(.*)"/.exec(gitIn(bare, 'show', `${head}:release.yaml`))?.[1];

describe('the address of a pull request', () => {
  test('is put on record in its own commit, which stays one on top of the branch and changes nothing else', async () => {
    const context = await gatedOps();
    const before = await proposed(context);

    const commit = await recordPullRequest(context, before, 'https://host.example/pull/9');

    expect(addressOn(context)).toBe('https://host.example/pull/9');
    expect(gitIn(context.bare, 'rev-parse', head)).toBe(commit);
    expect(gitIn(context.bare, 'rev-parse', `${commit}^`)).toBe(before.base);
    expect(gitIn(context.bare, 'diff', '--name-only', before.commit, commit).split('\n')).toEqual([
      'index.json',
      'release.yaml',
    ]);
    expect(gitIn(context.bare, 'log', '-1', '--format=%s', commit)).toBe('Release prod v1.1.0');
  });

  test('makes no commit when it is on record already, for that would dismiss reviews', async () => {
    const context = await gatedOps();
    const before = await proposed(context);

    expect(await recordPullRequest(context, before, 'https://host.example/pull/2')).toBe(before.commit);
    expect(gitIn(context.bare, 'rev-parse', head)).toBe(before.commit);
  });

  test('fails as moved when somebody pushed to the branch meanwhile, and leaves that push there', async () => {
    const context = await gatedOps();
    const before = await proposed(context);
    commitByHand(context.bare, head, { 'by-hand.txt': 'x' });
    const pushed = gitIn(context.bare, 'rev-parse', head);

    await expect(recordPullRequest(context, before, 'https://host.example/pull/9')).rejects.toBeInstanceOf(BranchMoved);
    expect(gitIn(context.bare, 'rev-parse', head)).toBe(pushed);
  });

  test('fails to be recorded with the words that the pull request is open', async () => {
    const context = await gatedOps();
    const { repository } = context;
    const move: typeof repository.move = repository.move.bind(repository);
    let pushes = 0;
    Object.assign(context.repository, {
      move: (...args: Parameters<typeof move>) => {
        pushes += 1;
        if (pushes > 1)
          return Promise.reject(
            new OpsError('the push failed', [{ code: 'unreachable', what: 'the host did not answer' }]),
          );
        return move(...args);
      },
    });

    expect(await refusal(promote(context, fromDev('v1.1.0')))).toContain(
      'the host did not answer; the pull request https://host.example/pull/2 is open',
    );
    expect(context.pullRequests.open).toEqual([2]);
    expect(addressOn(context)).toBeUndefined();
  });
});
