import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ClusterError } from '../../../src/clients/kubernetes/cluster.ts';
import { openCluster } from '../../../src/clients/kubernetes/open-cluster.ts';
import { ApiServer } from '../../support/api-server.ts';
import { live } from '../../support/fake-cluster.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

const objects = [
  live('apps/v1', 'Deployment', 'orders', 'dev', { status: { readyReplicas: 2 } }, { app: 'orders' }),
  live('apps/v1', 'Deployment', 'page', 'dev', {}, { app: 'page' }),
  live('apps/v1', 'Deployment', 'orders', 'prod'),
  live('v1', 'Secret', 'login', 'dev', { data: { PASSWORD: base64('hunter2'), EMPTY: '' } }),
  live(
    'v1',
    'Secret',
    'key',
    'argocd',
    {
      data: {
        type: base64('git'),
        url: base64('https://ann:hunter2@example.com/ops.git'),
        password: base64('hunter2'),
      },
    },
    { 'argocd.argoproj.io/secret-type': 'repository' },
  ),
];

describe('a cluster over HTTP', () => {
  let server: ApiServer;
  const before = process.env['KUBECONFIG'];

  beforeAll(async () => {
    server = await ApiServer.start(objects);
    process.env['KUBECONFIG'] = server.kubeconfig(['one', 'two']);
  });
  beforeEach(() => {
    server.refuses = () => undefined;
    server.requests.length = 0;
  });
  afterAll(async () => {
    if (before === undefined) delete process.env['KUBECONFIG'];
    else process.env['KUBECONFIG'] = before;
    await server.stop();
  });

  /** How asking failed. */
  const failure = async (work: () => Promise<unknown>): Promise<readonly [string, string]> => {
    try {
      await work();
    } catch (error) {
      const { failure: kind, message } = error as ClusterError;
      return [kind, message];
    }
    throw new Error('it did not fail');
  };

  test('is asked for its version, for one object, and for those with all labels, and never for anything but to read', async () => {
    const cluster = openCluster({ context: 'two' });

    expect(cluster.context).toBe('two');
    expect(await cluster.version()).toBe('1.31');
    expect(await cluster.read('apps/v1', 'Deployment', 'orders', 'dev')).toMatchObject({
      kind: 'Deployment',
      metadata: { name: 'orders', namespace: 'dev' },
      status: { readyReplicas: 2 },
    });
    expect(
      (await cluster.list('apps/v1', 'Deployment', 'dev', { app: 'page' })).map(({ metadata }) => metadata.name),
    ).toEqual(['page']);
    expect(await cluster.list('apps/v1', 'Deployment', 'dev')).toHaveLength(2);
    expect(server.requests.filter((request) => !/^GET \/apis\/apps\/v1$/.test(request))).toEqual([
      'GET /version',
      'GET /apis/apps/v1/namespaces/dev/deployments/orders',
      'GET /apis/apps/v1/namespaces/dev/deployments',
      'GET /apis/apps/v1/namespaces/dev/deployments',
    ]);
  });

  test('has no object of a name, of a kind or of a group that it does not serve', async () => {
    const cluster = openCluster();

    expect(await cluster.read('apps/v1', 'Deployment', 'none', 'dev')).toBeUndefined();
    expect(await cluster.list('apps/v1', 'DaemonSet', 'dev')).toEqual([]);
    expect(await cluster.list('traefik.io/v1alpha1', 'Middleware', 'dev')).toEqual([]);
  });

  test('keeps the keys of a Secret and never its values, nor a password in an address', async () => {
    const cluster = openCluster();

    const [login, key] = [
      await cluster.read('v1', 'Secret', 'login', 'dev'),
      await cluster.read('v1', 'Secret', 'key', 'argocd'),
    ];

    expect(login?.['data']).toEqual({ PASSWORD: '(hidden)', EMPTY: '' });
    expect(key?.['data']).toEqual({ type: 'git', url: 'https://example.com/ops.git', password: '(hidden)' });
    expect(JSON.stringify([login, key])).not.toMatch(/hunter2|aHVudGVyMg/);
  });

  test('fails as a login that is not accepted with 401, whatever is asked', async () => {
    server.refuses = () => 401;
    const told = [
      'login',
      'portolan: the login of context "one" is not accepted (401): it expired or was rotated; log in again, then look with: kubectl --context one get namespaces',
    ];

    expect(await failure(() => openCluster().version())).toEqual(told);
    expect(await failure(() => openCluster().read('v1', 'Secret', 'login', 'dev'))).toEqual(told);
    expect(await failure(() => openCluster().list('apps/v1', 'Deployment', 'dev'))).toEqual(told);
  });

  test('fails as a right that is missing with 403, and names the request that was refused and no other', async () => {
    server.refuses = ({ path }) => (/deployments|secrets|nodes/.test(path) ? 403 : undefined);
    const cluster = openCluster();
    const told = (request: string) => [
      'forbidden',
      `portolan: the account of context "one" may not ${request} (403); docs/reader-role.yaml allows what is read, and nothing else`,
    ];

    expect(await failure(() => cluster.list('apps/v1', 'Deployment', 'dev'))).toEqual(
      told('list Deployment.apps in the namespace dev'),
    );
    expect(await failure(() => cluster.read('v1', 'Secret', 'login', 'dev'))).toEqual(
      told('get Secret login in the namespace dev'),
    );
    expect(await failure(() => cluster.list('v1', 'Node'))).toEqual(told('list Node'));
    expect(await cluster.list('v1', 'Pod', 'dev')).toEqual([]);
  });

  test.each([429, 503] as const)('is asked again while it refuses with %i, and then answers', async (status) => {
    let refusals = 0;
    server.refuses = ({ path }) => (path.endsWith('/deployments') && (refusals += 1) === 1 ? status : undefined);

    expect(await openCluster().list('apps/v1', 'Deployment', 'dev')).toHaveLength(2);
    expect(refusals).toBe(2);
  });

  test('fails as busy when it still refuses with 429 at the end of the patience', async () => {
    server.refuses = () => 429;

    expect(await failure(() => openCluster({ timeoutMs: 1500 }).version())).toEqual([
      'unreachable',
      expect.stringMatching(
        /^portolan: the cluster of context "one" \(http:\S+\) is busy or starting \(429\), still after it was asked again for 1\.5 s; run the same command again in a minute$/,
      ),
    ]);
    expect(server.requests).toEqual(['GET /version', 'GET /version']);
  });

  test('fails as out of reach where nobody listens, and as another context that the kubeconfig has not', async () => {
    const gone = await ApiServer.start([]);
    const kubeconfig = gone.kubeconfig(['gone']);
    await gone.stop();
    const was = process.env['KUBECONFIG'];
    process.env['KUBECONFIG'] = kubeconfig;
    try {
      expect(await failure(() => openCluster().version())).toEqual([
        'unreachable',
        expect.stringMatching(
          /^portolan: the cluster of context "gone" \(http:\/\/127\.0\.0\.1:\d+\) could not be reached \(.*ECONNREFUSED.*\); is it running, and in reach\?$/,
        ),
      ]);
      expect(await failure(async () => Promise.resolve(openCluster({ context: 'other' })))).toEqual([
        'kubeconfig',
        'portolan: the kubeconfig has no context "other"; it has gone',
      ]);
    } finally {
      process.env['KUBECONFIG'] = was;
    }
  });
});
