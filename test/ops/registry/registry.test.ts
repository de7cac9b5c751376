import { createHash } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { dockerLogin } from '../../../src/ops/registry/docker-credentials.ts';
import { openRegistry } from '../../../src/ops/registry/registry.ts';

const body = JSON.stringify({ schemaVersion: 2, mediaType: 'application/vnd.oci.image.index.v1+json', manifests: [] });
const digest = `sha256:${createHash('sha256').update(body).digest('hex')}`;

/** A registry that wants a token, and does what `misbehave` says first. */
let server: Server;
let host: string;
let seen: string[];
let tags: Map<string, string>;
let misbehave: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined;
let sendsDigest: boolean;

beforeEach(async () => {
  seen = [];
  tags = new Map([['v1', digest]]);
  misbehave = undefined;
  sendsDigest = true;
  server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    seen.push(`${request.method ?? ''} ${url.pathname}${url.search}`);
    if (misbehave?.(request, response) === true) return;
    if (url.pathname === '/token') {
      const user = Buffer.from((request.headers.authorization ?? '').replace('Basic ', ''), 'base64').toString();
      response.end(JSON.stringify({ token: user === 'robot:sesame' ? 'writer' : 'reader' }));
      return;
    }
    const authorization = request.headers.authorization;
    if (authorization === undefined || (request.method === 'PUT' && authorization !== 'Bearer writer')) {
      response.writeHead(401, { 'www-authenticate': `Bearer realm="http://${host}/token",service="test"` }).end();
      return;
    }
    const reference = url.pathname.split('/').at(-1) ?? '';
    if (request.method === 'PUT') {
      request.resume().on('end', () => {
        tags.set(reference, digest);
        response.writeHead(201).end();
      });
      return;
    }
    const found = reference === digest ? digest : tags.get(reference);
    if (found === undefined) response.writeHead(404).end();
    else
      response
        .writeHead(200, {
          'content-type': 'application/vnd.oci.image.index.v1+json',
          ...(sendsDigest ? { 'docker-content-digest': found } : {}),
        })
        .end(request.method === 'GET' ? body : undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const anonymous = async () => Promise.resolve(undefined);
const robot = async () => Promise.resolve({ kind: 'password' as const, username: 'robot', password: 'sesame' });

describe('a digest', () => {
  test('is looked up with an anonymous token', async () => {
    expect(await openRegistry({ login: anonymous }).resolveDigest(`${host}/acme/orders:v1`)).toBe(digest);
    expect(seen).toEqual([
      'HEAD /v2/acme/orders/manifests/v1',
      'GET /token?service=test&scope=repository%3Aacme%2Forders%3Apull',
      'HEAD /v2/acme/orders/manifests/v1',
    ]);
  });

  test('is computed from the manifest where the registry does not say it', async () => {
    sendsDigest = false;

    expect(await openRegistry({ login: anonymous }).resolveDigest(`${host}/acme/orders:v1`)).toBe(digest);
  });

  test('is taken from the reference without asking', async () => {
    expect(await openRegistry({ login: anonymous }).resolveDigest(`${host}/acme/orders:v1@${digest}`)).toBe(digest);
    expect(seen).toEqual([]);
  });

  test('is asked for again when the registry is busy', async () => {
    let busy = 2;
    misbehave = (_request, response) => {
      if (busy-- <= 0) return false;
      response.writeHead(503).end();
      return true;
    };

    expect(await openRegistry({ login: anonymous }).resolveDigest(`${host}/acme/orders:v1`)).toBe(digest);
  });

  test('fails on a tag that is not there', async () => {
    await expect(openRegistry({ login: anonymous }).resolveDigest(`${host}/acme/orders:v9`)).rejects.toThrow(
      `portolan: ${host} has no ${host}/acme/orders:v9`,
    );
  });

  test('fails on what is no reference', async () => {
    await expect(openRegistry().resolveDigest('Not A Reference')).rejects.toThrow(
      'portolan: "Not A Reference" is not an image reference; write repository:tag, e.g. acme/orders:v1.2.0',
    );
  });

  test('fails with the way on when no registry is in reach', async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));

    await expect(
      openRegistry({ login: anonymous, retries: 0 }).resolveDigest(`${host}/acme/orders:v1`),
    ).rejects.toThrow(/^portolan: 127\.0\.0\.1:\d+ could not be reached \(ECONNREFUSED\); check the network$/);
    server = createServer().listen(0, '127.0.0.1');
  });
});

describe('a tag', () => {
  test('is added to the image that is there, with the login that may push', async () => {
    await openRegistry({ login: robot }).addTag(`${host}/acme/orders`, digest, 'v2');

    expect(tags.get('v2')).toBe(digest);
  });

  test('is added twice without writing twice', async () => {
    const registry = openRegistry({ login: robot });
    await registry.addTag(`${host}/acme/orders`, digest, 'v2');
    seen = [];
    await registry.addTag(`${host}/acme/orders`, digest, 'v2');

    expect(seen.filter((line) => line.startsWith('PUT'))).toEqual([]);
  });

  test('fails when it already names another image', async () => {
    const other = `sha256:${'b'.repeat(64)}`;
    await expect(openRegistry({ login: robot }).addTag(`${host}/acme/orders`, other, 'v1')).rejects.toThrow(
      `portolan: ${host}/acme/orders:v1 already names ${digest}, not ${other}; a release tag is never moved: make a new tag`,
    );
  });

  test('fails without a login that may push, and says nothing of the login', async () => {
    await expect(openRegistry({ login: anonymous }).addTag(`${host}/acme/orders`, digest, 'v2')).rejects.toThrow(
      `portolan: ${host} refused the tag ${host}/acme/orders:v2 (401); log in with an account that may push`,
    );
  });
});

describe("Docker's logins", () => {
  const folder = async (config: unknown): Promise<string> => {
    const path = await mkdtemp(join(tmpdir(), 'portolan-docker-'));
    await writeFile(join(path, 'config.json'), typeof config === 'string' ? config : JSON.stringify(config));
    return path;
  };

  test('are found under the names Docker uses', async () => {
    const auth = Buffer.from('robot:se:same').toString('base64');

    expect(
      await dockerLogin('registry-1.docker.io', await folder({ auths: { 'https://index.docker.io/v1/': { auth } } })),
    ).toEqual({ kind: 'password', username: 'robot', password: 'se:same' });
    expect(await dockerLogin('ghcr.io', await folder({ auths: { 'ghcr.io': { auth } } }))).toEqual({
      kind: 'password',
      username: 'robot',
      password: 'se:same',
    });
  });

  test('are absent where there is no file, or none that can be read', async () => {
    expect(await dockerLogin('ghcr.io', '/does/not/exist')).toBeUndefined();
    expect(await dockerLogin('ghcr.io', await folder('not json'))).toBeUndefined();
  });
});
