import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readExisting } from '../../../../src/pulumi/github/existing/read-existing.ts';
import type { Wanted } from '../../../../src/pulumi/github/existing/wanted.ts';

let server: Server;
let answers: Readonly<Record<string, unknown>>;
let asked: string[];
let baseUrl: string;

beforeEach(async () => {
  asked = [];
  answers = {};
  server = createServer((request, response) => {
    const path = (request.url ?? '').replace('/api/v3/repos/acme', '').replace('/api/v3/orgs', '/orgs');
    asked.push(`${request.method ?? ''} ${path}`);
    const answer = answers[path];
    const [status, body] = typeof answer === 'number' ? [answer, {}] : answer === undefined ? [404, {}] : [200, answer];
    const next =
      path === '/shop/rulesets?per_page=100'
        ? { link: `<${baseUrl}api/v3/repos/acme/shop/rulesets?page=2>; rel="next"` }
        : {};
    response.writeHead(status, { 'content-type': 'application/json', ...next });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});

afterEach(() => new Promise((resolve) => server.close(resolve)));

const every: readonly Wanted[] = [
  { name: 'shop', repository: 'shop', place: { kind: 'repository' } },
  { name: 'a', repository: 'shop', place: { kind: 'ruleset', title: 'env/dev: history' } },
  { name: 'b', repository: 'shop', place: { kind: 'ruleset', title: 'env/dev: writers' } },
  { name: 'c', repository: 'shop', place: { kind: 'branch', branch: 'env/dev' } },
  { name: 'd', repository: 'shop', place: { kind: 'deployKey', title: 'Argo CD, dev', key: 'ssh-ed25519 AAAA' } },
  { name: 'e', repository: 'shop', place: { kind: 'environment', environment: 'a:b' } },
  { name: 'f', repository: 'shop', place: { kind: 'policy', environment: 'dev', ref: 'branch', pattern: 'main' } },
  { name: 'g', repository: 'shop', place: { kind: 'policy', environment: 'dev', ref: 'tag', pattern: 'v*' } },
  { name: 'h', repository: 'shop', place: { kind: 'variable', environment: 'dev', variable: 'APP_ID' } },
  { name: 'i', repository: 'shop', place: { kind: 'variable', variable: 'USER' } },
  { name: 'j', repository: 'shop', place: { kind: 'webhook', address: 'https://hooks.acme.example/shop' } },
];

const whole = {
  '/shop': { name: 'shop' },
  '/shop/rulesets?per_page=100': [
    { id: 1, name: 'env/dev: history', source_type: 'Organization' },
    { id: 2, name: 'env/dev: history', source_type: 'Repository' },
  ],
  '/shop/rulesets?page=2': [{ id: 3, name: 'env/dev: writers', source_type: 'Repository' }],
  '/shop/git/ref/heads/env/dev': { ref: 'refs/heads/env/dev' },
  '/shop/keys?per_page=100': [{ id: 4, key: 'ssh-ed25519 AAAA somebody', title: 'another title' }],
  '/shop/environments/a%3Ab': { name: 'a:b' },
  '/shop/environments/dev/deployment-branch-policies?per_page=100': {
    total_count: 2,
    branch_policies: [
      { id: 5, name: 'main' },
      { id: 6, name: 'v*', type: 'tag' },
    ],
  },
  '/shop/environments/dev/variables/APP_ID': { name: 'APP_ID' },
  '/shop/actions/variables/USER': { name: 'USER' },
  '/shop/hooks?per_page=100': [
    { id: 7, config: { url: 'https://hooks.acme.example/' } },
    { id: 8, config: { url: 'https://hooks.acme.example/shop', secret: '********' } },
  ],
};

const look = (wanted: readonly Wanted[] = every) =>
  readExisting({ owner: 'acme', baseUrl, wanted }, 'token', { retries: 0 });

describe('looking for what is at GitHub', () => {
  test('finds each kind by its name, page by page, with the id that the provider imports it by', async () => {
    answers = whole;

    expect([...(await look())].map(([name, id]) => [name.split(' ').at(-1), id])).toEqual([
      ['shop', 'shop'],
      ['a', 'shop:2'],
      ['b', 'shop:3'],
      ['c', 'shop:env/dev'],
      ['d', 'shop:4'],
      ['e', 'shop:a??b'],
      ['f', 'shop:dev:5'],
      ['g', 'shop:dev:6'],
      ['h', 'shop:dev:APP_ID'],
      ['i', 'shop:USER'],
      ['j', 'shop/8'],
    ]);
    expect(asked.every((line) => line.startsWith('GET '))).toBe(true);
    expect(asked).toEqual([...new Set(asked)]);
  });

  test('asks nothing of a repository that is not there', async () => {
    expect([...(await look())]).toEqual([]);
    expect(asked).toEqual(['GET /shop']);
  });

  test('takes what the token may not see for what is not there', async () => {
    answers = { '/shop': { name: 'shop' }, '/shop/rulesets?per_page=100': 403, '/shop/keys?per_page=100': 404 };

    expect([...(await look()).values()]).toEqual(['shop']);
  });

  test('fails where GitHub is out of order, because nobody knows then', async () => {
    answers = { ...whole, '/shop/git/ref/heads/env/dev': 502 };

    await expect(look()).rejects.toThrow(
      `portolan: GitHub at ${baseUrl.slice(0, -1)} is out of order (502); run the same command again later`,
    );
  });

  test('asks first for the organisation that repositories are to be made in, and for none where nothing is made in it', async () => {
    answers = { ...whole, '/orgs/acme': { login: 'acme' } };
    const repository = every.filter(({ place }) => place.kind === 'repository');
    const rest = every.filter(({ place }) => place.kind === 'branch');
    await readExisting({ owner: 'acme', isOrganization: true, baseUrl, wanted: repository }, 'token', { retries: 0 });

    expect(asked).toEqual(['GET /orgs/acme', 'GET /shop']);

    asked = [];
    await readExisting({ owner: 'acme', isOrganization: true, baseUrl, wanted: rest }, 'token', { retries: 0 });
    await readExisting({ owner: 'acme', baseUrl, wanted: repository }, 'token', { retries: 0 });

    expect(asked.filter((one) => one.includes('/orgs/'))).toEqual([]);
  });

  test.each([403, 404])(
    'fails where GitHub answers %d for the organisation: the provider would take it for a person',
    async (status) => {
      answers = { ...whole, '/orgs/acme': status };

      await expect(
        readExisting({ owner: 'acme', isOrganization: true, baseUrl, wanted: every }, 'token', { retries: 0 }),
      ).rejects.toThrow(
        `portolan: GitHub shows no organisation acme to this token (${status}), so repositories would be made in the account that the token is of; ` +
          'let the token see it, or write: pulumi config set github:owner ORGANISATION --stack platform; ' +
          "for a person's account: pulumi config set --path portolan:github.ownerKind user --stack platform",
      );
      expect(asked).toEqual(['GET /orgs/acme']);
    },
  );
});
