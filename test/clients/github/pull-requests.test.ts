import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { gitHubPullRequests as unwrapped, type GitHubAccess } from '../../../src/clients/github/pull-requests.ts';
import { hosts } from '../../../src/hosts/hosts.ts';
import type { PullRequests } from '../../../src/hosts/pull-requests.ts';
import { asRefusals } from '../../../src/ops/write/as-refusals.ts';
import { FakeGitHub } from '../../support/fake-github.ts';

let github: FakeGitHub;
let pullRequests: PullRequests;
const head = 'promote/prod/v1.2.0';
const base = 'env/prod';
const text = { title: 'Promote v1.2.0', body: 'What changes' };

/** As the commands have them: what the host refuses is a refusal of the operation. */
const gitHubPullRequests = (access: GitHubAccess): PullRequests => asRefusals(unwrapped(access));

beforeEach(async () => {
  github = await FakeGitHub.start();
  pullRequests = gitHubPullRequests({
    owner: 'acme',
    repository: 'shop-ops',
    token: 'app-token',
    baseUrl: github.baseUrl,
    retries: 2,
    timeoutMs: 2000,
    throttled: false,
  });
});
afterEach(async () => github.stop());

/** Misbehaves on the first request of that method, then behaves. */
const once = (method: string, how: 'answered' | 'afterwards', status = 502): void => {
  let first = true;
  github.misbehave = (request, response) => {
    if (!first || request.method !== method) return undefined;
    first = false;
    if (how === 'answered')
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ message: 'No' }));
    return how;
  };
};

describe('a pull request', () => {
  test('is opened once and then brought up to date', async () => {
    const first = await pullRequests.ensure(head, base, text);
    const second = await pullRequests.ensure(head, base, { ...text, body: 'What changes now' });

    expect(second.number).toBe(first.number);
    expect(github.pulls).toEqual([
      {
        number: 1,
        head: 'promote/prod/v1.2.0',
        base: 'env/prod',
        title: 'Promote v1.2.0',
        body: 'What changes now',
        state: 'open',
        comments: [],
      },
    ]);
  });

  test('is one after an answer of 502', async () => {
    once('POST', 'answered');

    expect(await pullRequests.ensure(head, base, text)).toMatchObject({
      number: 1,
      head: 'promote/prod/v1.2.0',
      base: 'env/prod',
    });
    expect(github.pulls).toHaveLength(1);
  });

  test('is one when the connection broke after it was made', async () => {
    once('POST', 'afterwards');

    expect((await pullRequests.ensure(head, base, text)).number).toBe(1);
    expect(github.pulls).toHaveLength(1);
  });

  test('is one when another run made it in between', async () => {
    const other = gitHubPullRequests({
      owner: 'acme',
      repository: 'shop-ops',
      token: 'app-token',
      baseUrl: github.baseUrl,
      throttled: false,
    });
    const both = await Promise.all([pullRequests.ensure(head, base, text), other.ensure(head, base, text)]);

    expect(both.map(({ number }) => number)).toEqual([1, 1]);
    expect(github.pulls).toHaveLength(1);
  });

  test('fails with the permission that is missing, and never with the token', async () => {
    github.misbehave = (_request, response) => {
      response
        .writeHead(403, { 'content-type': 'application/json' })
        .end(JSON.stringify({ message: 'Resource not accessible by integration' }));
      return 'answered';
    };

    await expect(pullRequests.ensure(head, base, text)).rejects.toThrow(
      'portolan: the pull request could not be opened\n' +
        '  the token may not read pull requests of acme/shop-ops (403)\n' +
        '    next: install the promotion app there with "pull requests: write" and "contents: write"',
    );
  });

  test('fails when GitHub stays down, and claims nothing about what was done before', async () => {
    github.misbehave = (_request, response) => {
      response.writeHead(502).end();
      return 'answered';
    };

    await expect(pullRequests.ensure(head, base, text)).rejects.toThrow(
      'portolan: the pull request could not be opened\n' +
        '  GitHub did not answer for acme/shop-ops (502)\n' +
        '    next: run the same command again; it finds what it has done',
    );
  });

  test('fails with a token that is not accepted', async () => {
    const stranger = gitHubPullRequests({
      owner: 'acme',
      repository: 'shop-ops',
      token: 'old-token',
      baseUrl: github.baseUrl,
      throttled: false,
    });

    await expect(stranger.listOpen('env/prod')).rejects.toThrow(
      /^(?!.*old-token)[\s\S]*GitHub does not accept the token for acme\/shop-ops/,
    );
  });
});

describe('closing', () => {
  test('says why once, however often it is asked', async () => {
    const opened = await pullRequests.ensure(head, base, text);
    await pullRequests.close(opened, 'Superseded by v1.3.0');
    await pullRequests.close(opened, 'Superseded by v1.3.0');

    expect(github.pulls[0]).toMatchObject({ state: 'closed', comments: ['Superseded by v1.3.0'] });
  });

  test('is finished by the next run when the connection broke after the comment', async () => {
    const opened = await pullRequests.ensure(head, base, text);
    once('POST', 'afterwards');
    await pullRequests.close(opened, 'Superseded by v1.3.0');

    expect(github.pulls[0]).toMatchObject({ state: 'closed', comments: ['Superseded by v1.3.0'] });
  });
});

test('the open ones are those into the branch', async () => {
  await pullRequests.ensure(head, base, text);
  await pullRequests.ensure('somebody/else', base, text);
  await pullRequests.ensure('promote/dev/v1.2.0', 'env/dev', text);

  expect((await pullRequests.listOpen('env/prod')).map((open) => open.head)).toEqual([
    'promote/prod/v1.2.0',
    'somebody/else',
  ]);
});

test.each([
  ['https://github.com/acme/shop-ops.git', { owner: 'acme', repository: 'shop-ops' }],
  ['https://x-access-token:secret@github.com/acme/shop-ops', { owner: 'acme', repository: 'shop-ops' }],
  ['git@github.com:acme/shop-ops.git', { owner: 'acme', repository: 'shop-ops' }],
  ['https://gitlab.com/acme/shop-ops.git', undefined],
  ['/srv/git/ops.git', undefined],
])('%s is %j', (address, expected) => {
  expect(hosts.github.repositoryAt(address)).toEqual(expected);
});
