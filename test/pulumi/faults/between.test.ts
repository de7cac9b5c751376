import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Between } from '../../e2e/pulumi/faults/between.ts';
import { comparable } from '../../e2e/pulumi/faults/comparable.ts';
import { faults } from '../../e2e/pulumi/faults/fault.ts';
import { answerHook, type Hooks } from '../../e2e/pulumi/faults/hooks.ts';

let server: Server;
let between: Between;
let done: string[];

beforeEach(async () => {
  done = [];
  server = createServer((request, response) => {
    done.push(`${request.method ?? ''} ${request.url ?? ''}`);
    response.writeHead(201, { 'content-type': 'application/json' }).end('{"id":1}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  between = await Between.open(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
});

afterEach(async () => {
  await between.close();
  await new Promise((resolve) => server.close(resolve));
});

const call = (): Promise<number | 'no answer'> =>
  fetch(new URL('api/v3/repos', between.address), { method: 'POST', body: '{}' }).then(
    ({ status }) => status,
    () => 'no answer',
  );

describe('the server between the engine and GitHub', () => {
  test.each(faults)(
    'lets one call go wrong, and no other: $name',
    async (fault) => {
      const signals: string[] = [];
      between.arm(2, fault, (name) => signals.push(name));
      const answers = [await call(), await call(), await call()];
      const after = fault.after?.answers ?? 'answer';
      const second = fault.before?.status ?? { answer: 201, nothing: 'no answer', 502: 502 }[after];

      expect(answers).toEqual([201, second, 201]);
      expect(done).toHaveLength(fault.before === undefined ? 3 : 2);
      expect(signals).toEqual(fault.after?.signals ?? []);
      expect(between.calls.map(({ path }) => path)).toEqual(['/repos', '/repos', '/repos']);
    },
    60_000,
  );
});

test('leads whoever asks for a repository by its old name to the new one, and tells nobody of it behind', async () => {
  between.lead('acme/shop', 'acme/store');
  const ask = (path: string, method = 'GET') =>
    fetch(new URL(path, between.address), { method, redirect: 'manual', ...(method === 'GET' ? {} : { body: '{}' }) });
  const [read, written, other] = [
    await ask('api/v3/repos/acme/shop?page=2'),
    await ask('api/v3/repos/acme/shop/rulesets', 'POST'),
    await ask('api/v3/repos/acme/shops'),
  ];
  const led = ({ status, headers }: Response): readonly [number, string | null] => [status, headers.get('location')];

  expect([read, written, other].map(led)).toEqual([
    [301, `${between.address}api/v3/repos/acme/store?page=2`],
    [307, `${between.address}api/v3/repos/acme/store/rulesets`],
    [201, null],
  ]);
  expect(done).toEqual(['GET /api/v3/repos/acme/shops']);
});

describe('what GitHub keeps', () => {
  const kept = (rulesets: Readonly<Record<string, unknown>>) => ({
    repos: { 'acme/shop': { id: 5, inside: { rulesets } } },
  });

  test('is the same, whatever was numbered and when', () => {
    const one = kept({ 7: { id: 7, name: 'a', created_at: 'now' }, 9: { id: 9, name: 'b' } });
    const other = kept({ 3: { id: 3, name: 'b', created_at: 'then' }, 8: { id: 8, name: 'a' } });

    expect(comparable(one)).toEqual(comparable(other));
  });

  test.each([
    ['made twice', { 7: { name: 'a' }, 9: { name: 'b' }, 10: { name: 'b' } }],
    ['left out', { 7: { name: 'a' } }],
    ['made otherwise', { 7: { name: 'a' }, 9: { name: 'b', bypass_actors: [{ actor_id: 1 }] } }],
  ])('is another where something was %s', (_what, rulesets) => {
    expect(comparable(kept(rulesets))).not.toEqual(comparable(kept({ 7: { name: 'a' }, 9: { name: 'b' } })));
  });
});

describe('webhooks of a repository', () => {
  const repositories = ['acme/shop'];
  const config = { url: 'https://hooks.acme.example/shop', secret: 'a-word' };
  const ask = (method: string, path: string, hooks: Hooks, body?: unknown) =>
    answerHook(method, `/repos/acme/shop/hooks${path}`, body === undefined ? '' : JSON.stringify(body), {
      hooks,
      repositories,
    });
  const made = ask('POST', '', {}, { events: ['push'], config })?.hooks ?? {};

  test('are made, listed, changed and deleted, and never tell their secret', () => {
    const changed = ask('PATCH', '/1', made, { active: false })?.hooks ?? {};

    expect(ask('GET', '?per_page=100', made)).toMatchObject({ status: 200, body: [{ id: 1, events: ['push'] }] });
    expect(JSON.stringify([ask('GET', '', made)?.body, ask('GET', '/1', made)?.body])).not.toContain('a-word');
    expect(ask('GET', '/1', changed)?.body).toMatchObject({ id: 1, active: false, config: { secret: '********' } });
    expect(ask('DELETE', '/1', made)).toMatchObject({ status: 204, hooks: { 'acme/shop': [] } });
  });

  test('are refused where one tells the address already, and gone with their repository', () => {
    expect(ask('POST', '', made, { config })?.status).toBe(422);
    expect(ask('GET', '/2', made)?.status).toBe(404);
    expect(answerHook('GET', '/repos/acme/shop/hooks', '', { hooks: made, repositories: [] })?.status).toBe(404);
    expect(answerHook('GET', '/repos/acme/shop/keys', '', { hooks: made, repositories })).toBeUndefined();
  });
});
