import { chmod, mkdtemp, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { dockerLogin } from '../../../src/ops/registry/docker-credentials.ts';
import { openRegistry, type Registry, type RegistryOptions } from '../../../src/ops/registry/registry.ts';
import type { RegistryFault } from '../../../src/ops/registry/registry-error.ts';
import {
  account,
  digest,
  habits,
  identityToken,
  PlayingRegistry,
  type Fault,
  type Habit,
} from './support/playing-registry.ts';

const now = Date.UTC(2026, 0, 31, 12);
let played: PlayingRegistry | undefined;
let waits: number[] = [];
let whys: string[] = [];

afterEach(async () => {
  await played?.stop();
  played = undefined;
  waits = [];
  whys = [];
});

async function play(habit: Habit, fault?: Fault): Promise<PlayingRegistry> {
  played = await new PlayingRegistry(habit).start();
  played.fault = fault;
  return played;
}

/** A client that never really waits. */
const client = ({ habit }: PlayingRegistry, options: RegistryOptions = {}): Registry =>
  openRegistry({
    login: () =>
      Promise.resolve(
        habit.grant === 'refresh' ? { kind: 'identityToken', identityToken } : { kind: 'password', ...account },
      ),
    now: () => now,
    wait: (milliseconds, why) => {
      waits.push(milliseconds);
      whys.push(why);
      return Promise.resolve();
    },
    ...options,
  });

const anonymous: RegistryOptions = { login: () => Promise.resolve(undefined) };

async function failure(promise: Promise<unknown>): Promise<{ readonly kind: RegistryFault; readonly message: string }> {
  return promise.then(
    () => ({ kind: 'invalid' as const, message: 'no error' }),
    (error: unknown) => error as { readonly kind: RegistryFault; readonly message: string },
  );
}

describe.each(habits)('a registry such as $name', (habit) => {
  test('says the digest of a tag, and takes a tag once', async () => {
    const registry = await play(habit);
    const asked = client(registry);

    expect(await asked.resolveDigest(`${registry.host}/acme/orders:v1`)).toBe(digest);
    registry.fault = undefined;
    registry.tags.set('v2', digest);
    await asked.addTag(`${registry.host}/acme/orders`, digest, 'v2');
    expect(registry.seen.filter((line) => line.startsWith('PUT'))).toEqual([]);
    expect(waits).toEqual([]);
  });

  test('fails on a tag that is not there, without asking again', async () => {
    const registry = await play(habit);

    const { kind, message } = await failure(client(registry).resolveDigest(`${registry.host}/acme/orders:v9`));

    expect(kind).toBe('notFound');
    expect(message).toContain(`${registry.host}/acme/orders:v9`);
    expect(waits).toEqual([]);
  });

  test('fails on a repository that it does not have or does not show, without asking again', async () => {
    const registry = await play(habit);

    const { kind, message } = await failure(client(registry).resolveDigest(`${registry.host}/acme/other:v1`));

    expect(kind).toBe(habit.unknown === 404 ? 'notFound' : 'denied');
    expect(message).toContain('acme/other');
    expect(waits).toEqual([]);
  });

  test.each([0, 300, 2345])(
    'gives every one of %i tags, in pages of its own, and asks for no login twice',
    async (count) => {
      const registry = await play(habit);
      registry.tags.clear();
      const tags = Array.from({ length: count }, (_, i) => `b${i + 1}.20261101.120000`);
      for (const tag of tags) registry.tags.set(tag, digest);

      const found = await client(registry).tagsOf(`${registry.host}/acme/orders`);

      expect([...found].sort()).toEqual([...tags].sort());
      expect(registry.seen.filter((line) => line.endsWith(habit.tokenPath)).length).toBe(
        habit.wants === 'bearer' ? 1 : 0,
      );
      expect(waits).toEqual([]);
    },
  );

  test('goes on with its tags after as long as it says', async () => {
    let left = 1;
    const registry = await play(habit, (_request, response, path) =>
      path.endsWith('/tags/list') && left-- > 0 ? answer(response, 429, { 'retry-after': '7' }) : false,
    );

    expect(await client(registry).tagsOf(`${registry.host}/acme/orders`)).toEqual(['v1']);
    expect(waits).toEqual([7000]);
  });

  test('gives every one of 300 tags, though it wants to be left alone between them', async () => {
    let pages = 0;
    const registry = await play({ ...habit, page: 100, link: habit.link ?? 'path' }, (_request, response, path) =>
      path.endsWith('/tags/list') && ++pages % 3 === 2 ? answer(response, 429, { 'retry-after': '3' }) : false,
    );
    registry.tags.clear();
    const tags = Array.from({ length: 300 }, (_, i) => `b${i + 1}.20261101.120000`);
    for (const tag of tags) registry.tags.set(tag, digest);

    expect([...(await client(registry).tagsOf(`${registry.host}/acme/orders`))].sort()).toEqual([...tags].sort());
    expect(new Set(waits)).toEqual(new Set([3000]));
  });

  test('fails with none of its tags where it wants to be left alone for an hour on the second page', async () => {
    let refused = false;
    const registry = await play({ ...habit, page: 1, link: 'path' }, (request, response, path) => {
      if (!path.endsWith('/tags/list') || request.url?.includes('last=') !== true) return false;
      refused = true;
      return answer(response, 429, { 'retry-after': '3600' });
    });
    registry.tags.set('v2', digest);

    const { kind, message } = await failure(client(registry).tagsOf(`${registry.host}/acme/orders`));

    expect([kind, refused]).toEqual(['limited', true]);
    expect(message).toContain('try again after 2026-01-31T13:00:00Z');
  });

  test('fails for the tags of a repository that it does not have or does not show', async () => {
    const registry = await play(habit);

    const { kind, message } = await failure(client(registry).tagsOf(`${registry.host}/acme/other`));

    expect(kind).toBe(habit.unknown === 404 ? 'notFound' : 'denied');
    expect(message).toContain('acme/other');
  });

  test('fails without a login where it wants one, and names the line to type', async () => {
    const registry = await play(habit);

    const { kind, message } = await failure(
      client(registry, anonymous).resolveDigest(`${registry.host}/acme/orders:v1`),
    );

    expect([kind, message.includes(`docker login ${registry.host}`)]).toEqual(
      habit.anonymous || habit.wants === 'nothing' ? ['invalid', false] : ['denied', true],
    );
  });

  test.each([
    ['seconds', '7', 7000],
    ['a date', new Date(now + 9000).toUTCString(), 9000],
  ])('is asked again after as long as it says, in %s', async (_, header, milliseconds) => {
    let left = 1;
    const registry = await play(habit, (_request, response, path) =>
      path.startsWith('/v2/acme') && left-- > 0 ? answer(response, 429, { 'retry-after': header }) : false,
    );

    expect(await client(registry).resolveDigest(`${registry.host}/acme/orders:v1`)).toBe(digest);
    expect(waits).toEqual([milliseconds]);
    expect(whys[0]).toContain(`${registry.host} has a rate limit`);
  });

  test('fails at once on a limit that lasts longer than there is patience, and says when to come back', async () => {
    const registry = await play(habit, (_request, response) => answer(response, 429, { 'retry-after': '3600' }));

    const failed = failure(client(registry, anonymous).resolveDigest(`${registry.host}/acme/orders:v1`));

    expect(await failed).toMatchObject({
      kind: 'limited',
      message: `portolan: ${registry.host} has a rate limit and wants to be asked less often (429); log in ("docker login ${registry.host}"), or try again after 2026-01-31T13:00:00Z`,
    });
    expect(waits).toEqual([]);
  });
});

const answer = (response: ServerResponse, status: number, headers: Record<string, string> = {}, body = ''): true => {
  response.writeHead(status, headers).end(body);
  return true;
};

const withTokens = habits.filter(({ wants }) => wants === 'bearer');

describe.each(withTokens)('the address that gives out the tokens of $name', (habit) => {
  const faults: readonly (readonly [string, RegistryFault, Fault])[] = [
    ['is unreachable', 'unreachable', (_request, response) => (response.destroy(), true)],
    ['limits how often it is asked', 'limited', (_request, response) => answer(response, 429, { 'retry-after': '5' })],
    ['is broken', 'unreachable', (_request, response) => answer(response, 502)],
    [
      'answers with a page',
      'unreachable',
      (_request, response) => answer(response, 200, { 'content-type': 'text/html' }, '<html>Log in</html>'),
    ],
  ];

  test.each(faults)('fails as a registry does where it %s, and is asked again', async (_, kind, fault) => {
    let faulty = true;
    const registry = await play(habit, (request, response, path) =>
      faulty && path === habit.tokenPath ? fault(request, response, path) : false,
    );
    const asked = client(registry);

    const failed = await failure(asked.resolveDigest(`${registry.host}/acme/orders:v1`));
    expect(failed.kind).toBe(kind);
    expect(failed.message).toMatch(/^portolan: 127\.0\.0\.1/);
    expect(waits).toHaveLength(3);
    faulty = false;
    expect(await asked.resolveDigest(`${registry.host}/acme/orders:v1`)).toBe(digest);
  });

  test.each(['', 'http://', 'mailto:a@b.example'])('fails with a sentence where it is %j', async (realm) => {
    const registry = await play({ ...habit, challenge: () => `Bearer realm="${realm}",service="played"` });

    expect(await failure(client(registry).resolveDigest(`${registry.host}/acme/orders:v1`))).toMatchObject({
      kind: 'unreachable',
      message: `portolan: ${registry.host} wants a token and names no address that gives it out (realm ${JSON.stringify(realm)}); tell its operator`,
    });
  });

  test('adds a tag with a login that may push, and no other', async () => {
    const registry = await play(habit);

    await client(registry).addTag(`${registry.host}/acme/orders`, digest, 'v2');
    const failed = await failure(client(registry, anonymous).addTag(`${registry.host}/acme/orders`, digest, 'v3'));

    expect(registry.tags.get('v2')).toBe(digest);
    expect([failed.kind, registry.tags.has('v3')]).toEqual(['denied', false]);
  });
});

test("Docker's identity tokens are found in its file and by the helpers it names", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'portolan-docker-'));
  const auth = Buffer.from('00000000-0000-0000-0000-000000000000:').toString('base64');
  const config = {
    auths: { 'shop.azurecr.io': { auth, identitytoken: identityToken }, 'https://old.example/v2/': { ...account } },
    credHelpers: { 'helped.azurecr.io': 'portolan-test' },
  };
  await writeFile(join(folder, 'config.json'), JSON.stringify(config));
  const helper = join(folder, 'docker-credential-portolan-test');
  await writeFile(helper, `#!/bin/sh\necho '{"ServerURL":"x","Username":"<token>","Secret":"from-the-helper"}'\n`);
  await chmod(helper, 0o755);
  const path = process.env['PATH'];
  process.env['PATH'] = `${folder}:${path ?? ''}`;

  try {
    expect(await dockerLogin('shop.azurecr.io', folder)).toEqual({ kind: 'identityToken', identityToken });
    expect(await dockerLogin('helped.azurecr.io', folder)).toEqual({
      kind: 'identityToken',
      identityToken: 'from-the-helper',
    });
    expect(await dockerLogin('old.example', folder)).toEqual({ kind: 'password', ...account });
  } finally {
    process.env['PATH'] = path;
  }
});
