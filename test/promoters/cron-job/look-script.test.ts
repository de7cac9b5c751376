import { spawn } from 'node:child_process';
import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { lookScript } from '../../../src/promoters/cron-job/look-script.ts';
import { answerWithGit } from '../../support/git-backend.ts';
import { gitIn, temporaryFolder } from '../../support/git.ts';
import '../../support/patience.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const basic = (pair: string): string => `basic ${Buffer.from(pair).toString('base64')}`;

/** A request for a token: for what, and whether the app signed it. */
interface AskedToken {
  readonly repositories: readonly string[];
  readonly permissions: unknown;
  readonly isSigned: boolean;
}

describe('the script of a look', () => {
  const root = temporaryFolder();
  /** Programs that say what they were called with, instead of those of npm. */
  const programs = join(root, 'bin');
  const asked: AskedToken[] = [];
  const logins = new Set<string>();
  let refuses = false;
  let server: Server;
  let address: string;
  let work: string;

  beforeAll(async () => {
    for (const name of ['cats', 'cats-delivery']) {
      const folder = join(root, 'made', name);
      mkdirSync(folder, { recursive: true });
      gitIn(folder, 'init', '--quiet', '--initial-branch=main');
      writeFileSync(join(folder, 'package.json'), `{"name":"${name}"}`);
      gitIn(folder, 'add', '--all');
      gitIn(folder, 'commit', '--quiet', '--message', 'All of it');
      gitIn(root, 'clone', '--quiet', '--bare', folder, join(root, 'acme', `${name}.git`));
      gitIn(join(root, 'acme', `${name}.git`), 'config', 'uploadpack.allowFilter', 'true');
    }
    mkdirSync(programs);
    for (const program of ['npm', 'npx']) {
      writeFileSync(
        join(programs, program),
        `#!/bin/sh\n{ pwd; for each in "$@"; do echo "$each"; done; env; } >"$SAID/${program}"\n[ "${program}" = npm ] || exit "\${EXIT:-0}"\n`,
      );
      chmodSync(join(programs, program), 0o755);
    }
    server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://played');
      if (!pathname.startsWith('/api/')) {
        logins.add(request.headers.authorization ?? '');
        void answerWithGit(root, request, response).then(() => response.end());
        return;
      }
      void text(request).then((body) => {
        const [head = '', claims = '', signature = ''] = (request.headers.authorization ?? '')
          .replace('Bearer ', '')
          .split('.');
        const said = JSON.parse(Buffer.from(claims, 'base64url').toString()) as {
          iss: string;
          iat: number;
          exp: number;
        };
        const isSigned =
          said.iss === 'Iv23' &&
          said.exp - said.iat <= 600 &&
          verify(
            'RSA-SHA256',
            Buffer.from(`${head}.${claims}`),
            createPublicKey(publicKey.export({ type: 'spki', format: 'pem' })),
            Buffer.from(signature, 'base64url'),
          );
        asked.push({ ...(JSON.parse(body) as Omit<AskedToken, 'isSigned'>), isSigned });
        const isKnown = pathname === '/api/app/installations/77/access_tokens' && !refuses;
        response
          .writeHead(isKnown ? 201 : 404)
          .end(isKnown ? JSON.stringify({ token: `token-${asked.length}` }) : '{}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  beforeEach(() => {
    work = temporaryFolder();
    asked.length = 0;
    logins.clear();
    refuses = false;
  });

  /** Runs a look with what proves who looks. */
  async function looked(
    proofs: Readonly<Record<string, string>>,
  ): Promise<{ readonly code: number | null; readonly said: string }> {
    const repository = (name: string) => ({ url: `${address}/acme/${name}.git`, repository: name });
    const child = spawn(process.execPath, ['--input-type=module', '--eval', lookScript], {
      cwd: work,
      env: {
        PATH: `${programs}:${process.env['PATH'] ?? ''}`,
        HOME: work,
        SAID: work,
        LOOK: JSON.stringify({
          api: `${address}/api`,
          server: address,
          ops: 'cats-ops',
          program: repository('cats-delivery'),
          sources: [{ ...repository('cats'), folder: 'sources/cats' }],
          promote: ['promote', 'dev', '--newest', '--source', '../sources/cats'],
        }),
        ...proofs,
      },
    });
    child.stdin.end();
    const said = Promise.all([text(child.stdout), text(child.stderr)]);
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { code, said: (await said).join('') };
  }

  const told = (program: string): readonly string[] => readFileSync(join(work, program), 'utf8').split('\n');
  const app = { APP: 'Iv23', INSTALLATION: '77', KEY: pem };

  test('is an app at GitHub: one token reads program and source, another one writes the ops repository, and each is where it is used alone', async () => {
    expect(await looked(app)).toEqual({ code: 0, said: '' });

    expect(asked).toEqual([
      { repositories: ['cats-delivery', 'cats'], permissions: { contents: 'read' }, isSigned: true },
      { repositories: ['cats-ops'], permissions: { contents: 'write', pull_requests: 'write' }, isSigned: true },
    ]);
    expect([...logins]).toEqual([basic('x-access-token:token-1')]);
    expect(told('npx').slice(0, 8)).toEqual([
      join(work, 'program'),
      ...['--no-install', 'portolan', 'promote', 'dev', '--newest', '--source', '../sources/cats'],
    ]);
    expect(told('npx')).toContain('GITHUB_TOKEN=token-2');
    expect(told('npm').slice(0, 2)).toEqual([join(work, 'program'), 'ci']);
    for (const secret of [/PRIVATE KEY/, /token-\d/, /^KEY=/m, /extraheader/])
      expect(readFileSync(join(work, 'npm'), 'utf8')).not.toMatch(secret);
    expect(readFileSync(join(work, 'npx'), 'utf8')).not.toMatch(/PRIVATE KEY/);
    expect(gitIn(join(work, 'sources/cats'), 'rev-parse', '--verify', 'refs/remotes/origin/main')).toMatch(
      /^[0-9a-f]{40}/,
    );
    expect(readFileSync(join(work, 'sources/cats/.git/config'), 'utf8')).not.toMatch(/token|authorization/i);
  });

  test('is somebody with a password elsewhere, who asks nobody for a token', async () => {
    expect(await looked({ USERNAME: 'portolan', PASSWORD: 'sesame' })).toEqual({ code: 0, said: '' });

    expect(asked).toEqual([]);
    expect([...logins]).toEqual([basic('portolan:sesame')]);
    expect(told('npx')).toContain(`GIT_CONFIG_VALUE_0=AUTHORIZATION: ${basic('portolan:sesame')}`);
    expect(readFileSync(join(work, 'npm'), 'utf8')).not.toMatch(/sesame|AUTHORIZATION/);
  });

  test('fails with what to look at where GitHub gives no token, and says nothing of the key', async () => {
    refuses = true;
    const { code, said } = await looked(app);

    expect(code).toBe(1);
    expect(said).toBe(
      'portolan: GitHub gives the app Iv23 no token for cats-delivery, cats (404); look at its key, and at what it is installed on\n',
    );
    expect(existsSync(join(work, 'npm'))).toBe(false);
  });

  test('fails where the promotion does, so that the job has failed', async () => {
    expect(await looked({ ...app, EXIT: '1' })).toEqual({ code: 1, said: 'portolan: npx --no-install failed\n' });
  });
});
