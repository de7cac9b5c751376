import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { commitStatuses, NoStatuses } from '../../../src/clients/github/commit-statuses.ts';
import { FakeGitHub } from '../../support/fake-github.ts';
import type { PlayedStatus } from '../../support/played-statuses.ts';

const commit = 'c'.repeat(40);
const said: PlayedStatus = { context: 'flux/shop-dev', state: 'success', description: 'well', by: 'flux-dev[bot]' };

let github: FakeGitHub;
beforeEach(async () => {
  github = await FakeGitHub.start();
});
afterEach(async () => github.stop());

const asked = (token = 'app-token') =>
  commitStatuses(
    {
      owner: 'acme',
      repository: 'shop-ops',
      token,
      baseUrl: github.baseUrl,
      retries: 1,
      timeoutMs: 2000,
      throttled: false,
    },
    commit,
  );

const whyNone = (token?: string): Promise<string> =>
  asked(token).then(
    () => 'it did not fail',
    (error: unknown) => (error instanceof NoStatuses ? error.message : String(error)),
  );

describe('what is said of a commit', () => {
  test('is read with whoever says it, the newest first, over as many pages as there are', async () => {
    for (let i = 0; i < 150; i += 1) github.statuses.say(commit, { ...said, description: `look ${i}` });
    github.statuses.say('d'.repeat(40), said);

    const answer = await asked();

    expect(answer).toHaveLength(150);
    expect(answer[0]).toEqual({ ...said, description: 'look 149' });
  });

  test('is nothing where nobody said anything', async () => {
    expect(await asked()).toEqual([]);
  });

  test('fails with why nobody can know', async () => {
    expect(await whyNone('another')).toBe(
      'the token may not read the commit statuses of acme/shop-ops (401); give it "commit statuses: read" there',
    );
    github.fail({ method: 'GET', path: '/statuses', status: 403, message: 'Resource not accessible by integration' });
    expect(await whyNone()).toBe(
      'the token may not read the commit statuses of acme/shop-ops (403); give it "commit statuses: read" there',
    );
    github.fail({ method: 'GET', path: '/statuses', status: 500, message: 'out of order' });
    expect(await whyNone()).toBe('GitHub did not answer for acme/shop-ops (500)');
    const limit = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1790000000' };
    github.fail({ method: 'GET', path: '/statuses', status: 403, message: 'rate limit', headers: limit });
    expect(await whyNone()).toMatch(/^GitHub takes no more requests for acme\/shop-ops for now; ask again after 2026-/);
  });

  test('passes where an answer is lost once', async () => {
    github.statuses.say(commit, said);
    github.fail({ method: 'GET', path: '/statuses', status: 502, message: 'bad gateway', times: 1 });

    expect(await asked()).toEqual([said]);
  });
});
