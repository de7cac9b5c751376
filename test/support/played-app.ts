import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { answerWithGit } from './git-backend.ts';
import { gitIn, temporaryFolder } from './git.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** What proves that somebody is the app. */
export const appProofs = {
  APP: 'Iv23',
  INSTALLATION: '77',
  KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
} as const;

/** A request for a token: for what, and whether the app signed it. */
export interface AskedToken {
  readonly repositories: readonly string[];
  readonly permissions: unknown;
  readonly isSigned: boolean;
}

/** A GitHub that gives one app tokens, and keeps two repositories, `acme/cats` and `acme/cats-delivery`. */
export interface PlayedGitHub {
  readonly address: string;
  /** Folder of programs that write into `$SAID` what `npm` and `npx` are called with, instead of those of npm; `$EXIT` is how `npx` ends. */
  readonly programs: string;
  /** Tokens that were asked for since it was last forgotten. */
  readonly asked: AskedToken[];
  /** What those who fetched proved themselves with. */
  readonly logins: Set<string>;
  /** Whether it gives no token. */
  refuses: boolean;
  readonly stop: () => Promise<void>;
}

/** Whether a request is signed by the app, and for a short time. */
function isSigned(authorization: string): boolean {
  const [head = '', claims = '', signature = ''] = authorization.replace('Bearer ', '').split('.');
  const said = JSON.parse(Buffer.from(claims, 'base64url').toString()) as {
    readonly iss: string;
    readonly iat: number;
    readonly exp: number;
  };
  return (
    said.iss === appProofs.APP &&
    said.exp - said.iat <= 600 &&
    verify(
      'RSA-SHA256',
      Buffer.from(`${head}.${claims}`),
      createPublicKey(publicKey.export({ type: 'spki', format: 'pem' })),
      Buffer.from(signature, 'base64url'),
    )
  );
}

/** Starts one on this machine. */
export async function playGitHub(): Promise<PlayedGitHub> {
  const root = temporaryFolder();
  const programs = join(root, 'bin');
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
  const asked: AskedToken[] = [];
  const logins = new Set<string>();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://played');
    if (!pathname.startsWith('/api/')) {
      logins.add(request.headers.authorization ?? '');
      void answerWithGit(root, request, response).then(() => response.end());
      return;
    }
    void text(request).then((body) => {
      asked.push({
        ...(JSON.parse(body) as Omit<AskedToken, 'isSigned'>),
        isSigned: isSigned(request.headers.authorization ?? ''),
      });
      const isKnown = pathname === `/api/app/installations/${appProofs.INSTALLATION}/access_tokens` && !played.refuses;
      response.writeHead(isKnown ? 201 : 404).end(isKnown ? JSON.stringify({ token: `token-${asked.length}` }) : '{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const played: PlayedGitHub = {
    address: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    programs,
    asked,
    logins,
    refuses: false,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return played;
}
