import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { apiAddress } from '../../../src/hosts/github/addresses.ts';
import { readGitHub } from '../../../src/pulumi/github/read-github.ts';
import { FakeGitHub } from '../../support/fake-github.ts';

/** Answers by path; everything else is not there. */
type Answers = Readonly<Record<string, { readonly status?: number; readonly body: unknown }>>;

let server: Server;
let answers: Answers;
let asked: string[];
let baseUrl: string;

beforeEach(async () => {
  asked = [];
  answers = {};
  server = createServer((request, response) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''} ${request.headers.authorization ?? 'nobody'}`);
    const answer = answers[request.url ?? ''];
    response.writeHead(answer?.status ?? (answer === undefined ? 404 : 200), { 'content-type': 'application/json' });
    response.end(
      typeof answer?.body === 'string' ? answer.body : JSON.stringify(answer?.body ?? { message: 'Not Found' }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});

afterEach(() => new Promise((resolve) => server.close(resolve)));

const question = () => ({
  owner: 'acme',
  ownerKind: 'organization' as const,
  baseUrl,
  actors: [
    { name: 'releasers', kind: 'team' as const },
    { name: 'alice', kind: 'user' as const },
  ],
  repositories: ['shop', 'shop-ops'],
  appId: 4711,
});

describe('asking GitHub', () => {
  test('finds in which repositories a workflow may approve a pull request, as far as the token may know', async () => {
    const at = (name: string): string => `/api/v3/repos/acme/${name}/actions/permissions/workflow`;
    answers = {
      [at('open')]: { body: { default_workflow_permissions: 'read', can_approve_pull_request_reviews: true } },
      [at('closed')]: { body: { default_workflow_permissions: 'write', can_approve_pull_request_reviews: false } },
      [at('secret')]: { status: 403, body: { message: 'Must have admin rights to Repository.' } },
    };
    const reviewed = ['closed', 'gone', 'open', 'secret'];
    const { appId: _appId, ...others } = question();
    const facts = await readGitHub({ ...others, actors: [], repositories: [], reviewed }, 'a-token');

    expect(facts.approvedByActions).toEqual(['open']);
    expect(asked).toEqual(reviewed.map((name) => `GET ${at(name)} token a-token`));
  });

  test('finds the numbers of teams and people, what is not there, and the app', async () => {
    answers = {
      '/api/v3/orgs/acme/teams/releasers': { body: { id: 31 } },
      '/api/v3/users/alice': { body: { id: 52 } },
      '/api/v3/repos/acme/shop': { body: { id: 1 } },
      '/api/v3/orgs/acme/installations?per_page=100': { body: { installations: [{ app_id: 9 }, { app_id: 4711 }] } },
    };

    expect(await readGitHub(question(), 'a-token')).toEqual({
      numbers: new Map([
        ['releasers', 31],
        ['alice', 52],
      ]),
      missingRepositories: ['shop-ops'],
      appInstalled: true,
    });
    expect(asked).toEqual([
      'GET /api/v3/orgs/acme/teams/releasers token a-token',
      'GET /api/v3/users/alice token a-token',
      'GET /api/v3/repos/acme/shop token a-token',
      'GET /api/v3/repos/acme/shop-ops token a-token',
      'GET /api/v3/orgs/acme/installations?per_page=100 token a-token',
    ]);
  });

  test('finds what GitHub calls a repository now, whether it has to be there or was made by the stack', async () => {
    const called = (full_name: string) => ({ body: { id: 1, full_name } });
    answers = {
      '/api/v3/repos/acme/shop': called('acme/store'),
      '/api/v3/repos/acme/shop-ops': called('Acme/Shop-Ops'),
      '/api/v3/repos/acme/tools': called('somebody/tools'),
    };
    const facts = await readGitHub({ ...question(), actors: [], made: ['shop', 'tools', 'gone'] }, 'a-token');

    expect(facts).toMatchObject({
      missingRepositories: [],
      renamed: new Map([
        ['shop', 'acme/store'],
        ['tools', 'somebody/tools'],
      ]),
    });
    expect(asked.filter((line) => line.includes('/repos/acme/shop token'))).toHaveLength(1);
  });

  test('finds the number of another app by its slug, and by its name where that is none', async () => {
    answers = { '/api/v3/apps/renovate': { body: { id: 88 } }, '/api/v3/apps/merger': { body: { id: 99 } } };
    const apps = [
      { name: 'dependencies', kind: 'app' as const, slug: 'renovate' },
      { name: 'merger', kind: 'app' as const },
      { name: 'unknown', kind: 'app' as const },
    ];

    expect((await readGitHub({ ...question(), actors: apps, repositories: [] }, 'a-token')).numbers).toEqual(
      new Map([
        ['dependencies', 88],
        ['merger', 99],
      ]),
    );
  });

  test('finds the number of GitHub Actions where it is asked for, and none where the server has none', async () => {
    const asking = { ...question(), actors: [], repositories: [], actionsApp: true };
    expect(await readGitHub(asking, 'a-token')).not.toHaveProperty('actionsApp');
    answers = { '/api/v3/apps/github-actions': { body: { id: 77, slug: 'github-actions' } } };

    expect(await readGitHub(asking, 'a-token')).toMatchObject({ actionsApp: 77 });
    expect((await readGitHub({ ...asking, actionsApp: false }, 'a-token')).actionsApp).toBeUndefined();
    expect(asked.filter((line) => line.includes('/apps/'))).toHaveLength(2);
  });

  test('finds nobody where nobody is, and tells an app that is not installed from one it may not ask about', async () => {
    answers = { '/api/v3/orgs/acme/installations?per_page=100': { body: { installations: [] } } };
    const notInstalled = await readGitHub(question(), 'a-token');
    answers = {
      '/api/v3/orgs/acme/installations?per_page=100': { status: 403, body: { message: 'Must have admin rights' } },
    };
    const mayNotAsk = await readGitHub(question(), 'a-token');

    expect(notInstalled).toEqual({
      numbers: new Map(),
      missingRepositories: ['shop', 'shop-ops'],
      appInstalled: false,
    });
    expect(mayNotAsk.appInstalled).toBe('unknown');
  });

  test('does not ask for the installations of a user, which only the app itself may see', async () => {
    const { appInstalled } = await readGitHub(
      { ...question(), ownerKind: 'user', actors: [], repositories: [] },
      undefined,
    );

    expect([appInstalled, asked]).toEqual(['unknown', []]);
  });

  test('takes a page that is no JSON for no answer', async () => {
    answers = { '/api/v3/users/alice': { body: '<html>' } };

    expect((await readGitHub({ ...question(), repositories: [] }, 'a-token')).numbers).toEqual(new Map());
  });

  test('fails for what is not there, or private, without a token', async () => {
    const missing = (name: string) =>
      new Error(`portolan: GitHub does not show ${name} without a token; write: export GITHUB_TOKEN=$(gh auth token)`);

    await expect(readGitHub(question(), undefined)).rejects.toThrow(missing('releasers'));
    await expect(readGitHub({ ...question(), actors: [] }, undefined)).rejects.toThrow(missing('acme/shop'));
  });

  test('fails for a refused token, without showing it', async () => {
    answers = { '/api/v3/orgs/acme/teams/releasers': { status: 401, body: { message: 'Bad credentials' } } };

    await expect(readGitHub(question(), 'a-token')).rejects.toThrow(
      new Error('portolan: GitHub refuses the token; write: export GITHUB_TOKEN=$(gh auth token)'),
    );
  });

  test('fails while GitHub is out of order, rather than say that nobody is there', async () => {
    answers = { '/api/v3/orgs/acme/teams/releasers': { status: 502, body: { message: 'Bad gateway' } } };

    await expect(readGitHub(question(), 'a-token', { retries: 1 })).rejects.toThrow(
      /^portolan: GitHub at http:\/\/127\.0\.0\.1:\d+ is out of order \(502\); run the same command again later$/,
    );
    expect(asked).toHaveLength(2);
  });

  test('fails at a limit, rather than say that nobody is there', async () => {
    answers = {
      '/api/v3/orgs/acme/teams/releasers': { status: 403, body: { message: 'API rate limit exceeded for user' } },
    };

    await expect(readGitHub(question(), 'a-token', { retries: 0 })).rejects.toThrow(
      'portolan: GitHub takes no more requests for now (403, rate limit); run the same command again in a few minutes',
    );
  });

  test('fails when GitHub is not there, and says where it looked', async () => {
    const closed = baseUrl;
    await new Promise((resolve) => server.close(resolve));
    const error: unknown = await readGitHub({ ...question(), baseUrl: closed }, 'a-token').catch(
      (reason: unknown) => reason,
    );

    expect((error as Error).message).toMatch(
      /^portolan: GitHub cannot be reached at http:\/\/127\.0\.0\.1:\d+ \(.*ECONNREFUSED.*\); check the network, and github:baseUrl$/,
    );
    await new Promise<void>((resolve) => {
      server = createServer().listen(0, resolve);
    });
  });
});

describe('a list of several pages', () => {
  let github: FakeGitHub;
  beforeEach(async () => {
    github = await FakeGitHub.start('a-token');
    github.installed.push(...Array.from({ length: 250 }, (_, i) => i + 1));
  });
  afterEach(async () => github.stop());
  const ask = (appId: number) =>
    readGitHub({ ...question(), baseUrl: github.baseUrl, actors: [], repositories: [], appId }, 'a-token');

  test('is read until the app is found, wherever it stands', async () => {
    expect((await ask(7)).appInstalled).toBe(true);
    expect(github.seen).toHaveLength(1);
    expect((await ask(230)).appInstalled).toBe(true);
    expect(github.seen).toHaveLength(4);
  });

  test('is read to its end for an app that is not there', async () => {
    expect((await ask(4711)).appInstalled).toBe(false);
    expect(github.seen).toHaveLength(3);
  });

  test('does not tell what a page that fails would have held', async () => {
    github.fail({ method: 'GET', path: '/installations', status: 502, message: 'Bad gateway' });

    expect((await ask(7)).appInstalled).toBe('unknown');
  });

  test('is never followed to another server, which would get the token', async () => {
    const elsewhere = await FakeGitHub.start('a-token');
    github.misbehave = (_request, response) => {
      response
        .writeHead(200, {
          'content-type': 'application/json',
          link: `<${elsewhere.baseUrl}/orgs/acme/installations>; rel="next"`,
        })
        .end(JSON.stringify({ installations: [] }));
      return 'answered';
    };

    expect((await ask(7)).appInstalled).toBe(false);
    expect(elsewhere.seen).toEqual([]);
    await elsewhere.stop();
  });
});

test.each([
  [undefined, 'https://api.github.com'],
  ['https://api.github.com/', 'https://api.github.com'],
  ['https://git.acme.example', 'https://git.acme.example/api/v3'],
  ['https://git.acme.example/api/v3/', 'https://git.acme.example/api/v3'],
  ['https://api.acme.ghe.com/', 'https://api.acme.ghe.com'],
  ['https://acme.ghe.com', 'https://api.acme.ghe.com'],
  ['https://github.com/', 'https://api.github.com'],
  ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080/api/v3'],
])('the API of %s is at %s', (given, expected) => {
  expect(apiAddress(given)).toBe(expected);
});
