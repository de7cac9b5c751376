import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openCluster } from '../../../src/clients/kubernetes/open-cluster.ts';
import { ApiServer } from '../../support/api-server.ts';
import { gitHubPullRequests } from '../../../src/clients/github/pull-requests.ts';
import { openRegistry } from '../../../src/ops/registry/registry.ts';
import { readGitHub } from '../../../src/pulumi/github/read-github.ts';
import { ownCertificate, type OwnCertificate } from '../../support/certificate.ts';
import { FakeGitHub } from '../../support/fake-github.ts';
import { FakeProxy } from '../../support/fake-proxy.ts';
import { temporaryFolder } from '../../support/git.ts';

const names = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY'].flatMap((name) => [name, name.toLowerCase()]);
const before = new Map(names.map((name) => [name, process.env[name]]));
const setVariables = (values: Readonly<Record<string, string | undefined>>): void => {
  for (const name of names) {
    const value = values[name];
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
};
afterEach(() => {
  setVariables(Object.fromEntries(before));
});

const messageOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'it did not fail',
    (error: unknown) => (error as Error).message,
  );

/** Everything that reaches out over HTTP by itself, each asking a server at an address. */
const reaching: readonly (readonly [what: string, ask: (address: string) => Promise<unknown>])[] = [
  [
    'a command that asks for pull requests',
    (baseUrl) =>
      gitHubPullRequests({
        owner: 'acme',
        repository: 'shop-ops',
        token: 'app-token',
        baseUrl,
        retries: 0,
        throttled: false,
      }).listOpen('env/prod'),
  ],
  [
    'a stack that asks for repositories',
    (baseUrl) =>
      readGitHub(
        { owner: 'acme', ownerKind: 'organization', baseUrl, actors: [], repositories: ['shop-ops'] },
        'app-token',
        { retries: 0 },
      ),
  ],
  [
    'a promotion that asks a registry',
    (address) =>
      openRegistry({ login: () => Promise.resolve(undefined), retries: 0 }).resolveDigest(
        `${new URL(address).host}/acme/orders:v1.2.0`,
      ),
  ],
];

describe('behind a proxy', () => {
  let proxy: FakeProxy;
  let github: FakeGitHub;
  beforeEach(async () => {
    proxy = await FakeProxy.start();
    github = await FakeGitHub.start();
  });
  afterEach(async () => {
    await github.stop();
    await proxy.stop();
  });

  test.each(reaching)('%s goes through it, and directly where NO_PROXY says so', async (_what, ask) => {
    setVariables({ HTTP_PROXY: proxy.address });
    await messageOf(ask(github.baseUrl));
    expect(proxy.asked).toEqual([new URL(github.baseUrl).host]);
    expect(github.seen).toHaveLength(1);

    setVariables({ HTTP_PROXY: proxy.address, NO_PROXY: '127.0.0.0/8' });
    await messageOf(ask(github.baseUrl));
    expect(proxy.asked).toHaveLength(1);
    expect(github.seen).toHaveLength(2);
  });

  test('a cluster is asked through it, as kubectl asks: but not where it is this machine', async () => {
    const api = await ApiServer.start([]);
    const { port } = new URL(api.address);
    proxy.leads.set(`api.acme.example:${port}`, Number(port));
    setVariables({ HTTP_PROXY: proxy.address });
    const ask = (server: string): Promise<unknown> => {
      const file = join(temporaryFolder(), 'kubeconfig');
      const cluster = { server, 'insecure-skip-tls-verify': true };
      writeFileSync(
        file,
        JSON.stringify({
          clusters: [{ name: 'shop', cluster }],
          users: [{ name: 'me', user: { token: 'good' } }],
          contexts: [{ name: 'shop', context: { cluster: 'shop', user: 'me' } }],
        }),
      );
      return openCluster({ kubeconfig: file, context: 'shop' }).read('v1', 'Namespace', 'dev');
    };

    await ask(`http://api.acme.example:${port}`);
    const asked = api.requests.length;
    await ask(api.address);

    expect(asked).toBeGreaterThan(0);
    expect(api.requests.length).toBeGreaterThan(asked);
    expect(new Set(proxy.asked)).toEqual(new Set([`api.acme.example:${port}`]));
    await api.stop();
  });

  test('a login in its address is used, and never shown where it is refused', async () => {
    const [, ask] = reaching[0]!;
    const withLogin = (password: string): string => proxy.address.replace('//', `//alice:${password}@`);
    proxy.login = `Basic ${Buffer.from('alice:right-password').toString('base64')}`;

    setVariables({ HTTP_PROXY: withLogin('right-password') });
    expect(await messageOf(ask(github.baseUrl))).toBe('it did not fail');
    setVariables({ HTTP_PROXY: withLogin('wrong-password') });

    const said = await messageOf(ask(github.baseUrl));
    expect(said).toContain('GitHub did not answer for acme/shop-ops (Proxy response (407)');
    expect(said).not.toContain('password');
  });
});

describe('a server with a certificate of an authority of its own', () => {
  let own: OwnCertificate;
  let asked: string[];
  let stop: () => Promise<void>;
  let address: string;
  beforeEach(async () => {
    own = ownCertificate();
    asked = [];
    const server = createServer(own, (request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(200, { 'content-type': 'application/json' }).end('[]');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `https://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    stop = async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    };
  });
  afterEach(async () => stop());

  test.each(reaching.slice(0, 2))('fails for %s with the variable that makes it trusted', async (_what, ask) => {
    const said = await messageOf(ask(address));

    expect(said).toContain('its certificate is not trusted: DEPTH_ZERO_SELF_SIGNED_CERT');
    expect(said).toContain('export NODE_EXTRA_CA_CERTS=PATH_OF_THE_CERTIFICATE_OF_ITS_AUTHORITY');
    expect(asked).toEqual([]);
  });

  test('fails for a registry with the same variable, at once', async () => {
    const failing = (): Promise<Response> =>
      Promise.reject(
        new TypeError('fetch failed', { cause: Object.assign(new Error('no'), { code: 'SELF_SIGNED_CERT_IN_CHAIN' }) }),
      );
    let waits = 0;
    const registry = openRegistry({
      fetch: failing,
      login: () => Promise.resolve(undefined),
      wait: () => {
        waits += 1;
        return Promise.resolve();
      },
    });

    expect(await messageOf(registry.resolveDigest('registry.acme.example/orders:v1'))).toBe(
      'portolan: registry.acme.example could not be reached (its certificate is not trusted: SELF_SIGNED_CERT_IN_CHAIN); ' +
        'write: export NODE_EXTRA_CA_CERTS=PATH_OF_THE_CERTIFICATE_OF_ITS_AUTHORITY',
    );
    expect(waits).toBe(0);
  });

  test('is asked, directly and through a proxy, once the variable names it', async () => {
    const proxy = await FakeProxy.start();
    const file = join(temporaryFolder(), `${createHash('sha256').update(own.cert).digest('hex').slice(0, 8)}.pem`);
    writeFileSync(file, own.cert);
    const script = `
      import { outsideFetch } from './src/clients/http/outside-fetch.ts';
      for (const variables of [{}, { HTTPS_PROXY: ${JSON.stringify(proxy.address)} }])
        console.log((await outsideFetch(variables)('${address}/made-up')).status);
      process.exit(0);
    `;
    const output = await new Promise<string>((resolve, reject) => {
      const args = ['--import', 'tsx', '--input-type=module', '--eval', script];
      execFile(process.execPath, args, { env: { ...process.env, NODE_EXTRA_CA_CERTS: file } }, (error, stdout) => {
        if (error === null) resolve(stdout);
        else reject(new Error('the script failed', { cause: error }));
      });
    });

    expect(output.trim().split('\n')).toEqual(['200', '200']);
    expect(asked).toEqual(['/made-up', '/made-up']);
    expect(proxy.asked).toEqual([new URL(address).host]);
    await proxy.stop();
  });
});
