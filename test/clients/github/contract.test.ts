import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { OpsError } from '../../../src/ops/ops-error.ts';
import { gitHubPullRequests, type GitHubAccess } from '../../../src/clients/github/pull-requests.ts';
import type { PullRequests } from '../../../src/hosts/pull-requests.ts';
import { asRefusals } from '../../../src/ops/write/as-refusals.ts';
import { FakeGitHub, type Fault } from '../../support/fake-github.ts';

let github: FakeGitHub;
const head = 'promote/prod/v1.2.0';
const base = 'env/prod';
const text = { title: 'Promote v1.2.0', body: 'What changes' };

beforeEach(async () => {
  github = await FakeGitHub.start();
});
afterEach(async () => github.stop());

const client = (change: Partial<GitHubAccess> = {}): PullRequests =>
  asRefusals(
    gitHubPullRequests({
      owner: 'acme',
      repository: 'shop-ops',
      token: 'app-token',
      baseUrl: github.baseUrl,
      retries: 1,
      timeoutMs: 2000,
      throttled: false,
      ...change,
    }),
  );

const failureOf = (work: Promise<unknown>): Promise<OpsError> =>
  work.then(
    () => {
      throw new Error('it did not fail');
    },
    (error: unknown) => error as OpsError,
  );

describe('pull requests of forks', () => {
  test('are not listed, with the name of one of our branches or not, whether the fork is there or gone', async () => {
    github.openedElsewhere(head, base, 'mallory');
    github.openedElsewhere(head, base, 'gone');
    const ours = await client().ensure(head, base, text);

    expect((await client().listOpen(base)).map(({ number }) => number)).toEqual([ours.number]);
  });

  test('say nothing of what was declined: ours that was closed without a merge does, the newest first', async () => {
    github.openedElsewhere(head, base, 'gone').state = 'closed';
    const [merged, first, second, elsewhere] = [base, base, base, 'env/dev'].map((to) => {
      const pull = github.openedElsewhere(head, to);
      pull.state = 'closed';
      return pull;
    });
    merged!.merged = true;
    github.openedElsewhere(head, base);

    expect((await client().newestDeclined(head, base))?.number).toBe(second!.number);
    expect((await client().newestDeclined(head, 'env/dev'))?.number).toBe(elsewhere!.number);
    first!.merged = true;
    second!.merged = true;
    expect(await client().newestDeclined(head, base)).toBeUndefined();
  });

  test('are neither retitled nor taken for ours, which is opened beside them', async () => {
    github.openedElsewhere(head, base, 'mallory');

    const opened = await client().ensure(head, base, text);

    expect(opened.number).toBe(2);
    expect(github.pulls.map(({ fork, title }) => [fork, title])).toEqual([
      ['mallory', 'Not ours'],
      [undefined, 'Promote v1.2.0'],
    ]);
  });

  test('are not taken for ours either when GitHub says that ours is open already', async () => {
    github.openedElsewhere(head, base, 'mallory');
    github.fail({ method: 'POST', path: '/pulls', status: 422, message: 'A pull request already exists' });

    const { code } = await failureOf(client().ensure(head, base, text));

    expect(code).toBe('wrong-input');
  });
});

test('every page is read, and nothing of another branch, state or repository', async () => {
  for (let i = 1; i <= 130; i++) github.openedElsewhere(`promote/prod/v1.0.${i}`, base);
  for (let i = 1; i <= 130; i++) github.openedElsewhere(`promote/dev/v1.0.${i}`, 'env/dev');
  github.pulls[3]!.state = 'closed';

  const open = await client().listOpen(base);

  expect([open.length, open.at(-1)?.head]).toEqual([129, 'promote/prod/v1.0.130']);
  expect(github.seen).toEqual(['GET /repos/acme/shop-ops/pulls', 'GET /repos/acme/shop-ops/pulls']);
  expect((await failureOf(client({ repository: 'other-ops' }).listOpen(base))).code).toBe('denied');
});

test('a comment on the second page is found and not written again', async () => {
  const opened = await client().ensure(head, base, text);
  github.pulls[0]!.comments.push(...Array.from({ length: 100 }, (_, i) => `Comment ${i}`), 'Superseded');

  await client().close(opened, 'Superseded');

  expect(github.pulls[0]?.comments).toHaveLength(101);
  expect(github.pulls[0]?.state).toBe('closed');
});

const limited = 'You have exceeded a secondary rate limit.';
const answers: readonly (readonly [string, Omit<Fault, 'method' | 'path'>, string, string])[] = [
  [
    'a secondary limit of ten minutes',
    { status: 403, message: limited, headers: { 'retry-after': '600' } },
    'rate-limited',
    'GitHub takes no more requests for acme/shop-ops for now (403, rate limit)\n' +
      '    next: run the same command again in 600 seconds; it finds what it has done',
  ],
  [
    'a spent hour',
    {
      status: 403,
      message: 'API rate limit exceeded',
      headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1798761600' },
    },
    'rate-limited',
    'next: run the same command again after 2027-01-01T00:00:00Z;',
  ],
  [
    'a limit without a time',
    { status: 429, message: 'Slow down' },
    'rate-limited',
    'next: run the same command again in a few minutes;',
  ],
  [
    'an abuse limit that is told in words alone',
    { status: 403, message: 'You have triggered an abuse detection mechanism.' },
    'rate-limited',
    'next: run the same command again in a few minutes;',
  ],
  [
    'a missing permission, with requests left',
    {
      status: 403,
      message: 'Resource not accessible by integration',
      headers: { 'x-ratelimit-remaining': '4999', 'x-ratelimit-reset': '1798761600' },
    },
    'denied',
    'pull requests of acme/shop-ops (403)',
  ],
  ['a repository that it does not show', { status: 404, message: 'Not Found' }, 'denied', '(404)'],
  [
    'what it cannot take',
    { status: 422, message: 'Validation Failed: no commits' },
    'wrong-input',
    'GitHub refused it for acme/shop-ops (422): Validation Failed: no commits',
  ],
  ['a gateway that is down', { status: 502, message: '' }, 'unreachable', 'did not answer for acme/shop-ops (502)'],
  ['a server that is out of order', { status: 503, message: '' }, 'unreachable', 'for acme/shop-ops (503)'],
];

describe.each([
  ['listing', 'GET', '/pulls', (): Promise<unknown> => client().listOpen(base)],
  ['looking for what was declined', 'GET', '/pulls', (): Promise<unknown> => client().newestDeclined(head, base)],
  ['opening', 'POST', '/pulls', (): Promise<unknown> => client().ensure(head, base, text)],
  [
    'closing',
    'PATCH',
    '/pulls/1',
    async (): Promise<unknown> => {
      github.openedElsewhere(head, base);
      return client().close({ number: 1, url: '', head, base }, 'Old');
    },
  ],
])('%s', (_what, method, path, work) => {
  test.each(answers)('fails at %s', async (_fault, fault, code, said) => {
    github.fail({ ...fault, method, path });

    const error = await failureOf(work());

    expect(error.code).toBe(code);
    expect(error.message).toContain(said);
    expect(error.message).not.toMatch(/app-token|pushed|nothing/);
  });

  test.each(answers.filter(([, , code]) => code === 'unreachable'))('goes on after %s', async (_fault, fault) => {
    github.fail({ ...fault, method, path, times: 1 });

    await work();

    expect(github.pulls.length).toBeLessThanOrEqual(1);
  });
});

describe('waiting for a limit', () => {
  const limit = (seconds: string): Fault => ({
    method: 'GET',
    path: '/pulls',
    status: 403,
    message: limited,
    headers: { 'retry-after': seconds },
    times: 1,
  });

  test('a pause of up to a minute is waited for', async () => {
    github.fail(limit('1'));
    const start = Date.now();

    expect(await client({ throttled: true }).listOpen(base)).toEqual([]);

    expect(Date.now() - start).toBeGreaterThanOrEqual(900);
  });

  test('fails at once for a longer one', async () => {
    github.fail(limit('61'));

    const { message } = await failureOf(client({ throttled: true }).listOpen(base));

    expect(message).toContain('in 61 seconds');
    expect(github.seen).toHaveLength(1);
  });

  /** The requests of an hour are spent until then, in seconds from now. */
  const spent = (seconds: number): Fault => ({
    ...limit('1'),
    message: 'API rate limit exceeded',
    headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + seconds) },
  });

  test('a spent hour that ends within a minute is waited for', async () => {
    github.fail(spent(0));

    expect(await client({ throttled: true }).listOpen(base)).toEqual([]);
    expect(github.seen).toHaveLength(2);
  });

  test('fails at once for a spent hour that ends later', async () => {
    github.fail(spent(90));

    const { code } = await failureOf(client({ throttled: true }).listOpen(base));

    expect([code, github.seen.length]).toEqual(['rate-limited', 1]);
  });

  test('fails when it was waited for as often as is allowed', async () => {
    github.fail({ ...limit('1'), times: 9 });

    const { code } = await failureOf(client({ throttled: true }).listOpen(base));

    expect([code, github.seen.length]).toEqual(['rate-limited', 2]);
  });
});
