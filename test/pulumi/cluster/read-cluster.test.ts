import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { engines, usualEngine } from '../../../src/engines/engines.ts';
import type { ClusterQuestion } from '../../../src/pulumi/cluster/cluster-facts.ts';
import { readCluster } from '../../../src/pulumi/cluster/read-cluster.ts';

const argoResources = {
  kind: 'APIResourceList',
  groupVersion: 'argoproj.io/v1alpha1',
  resources: [
    { name: 'applications', kind: 'Application', namespaced: true, singularName: 'application', verbs: ['get'] },
    { name: 'appprojects', kind: 'AppProject', namespaced: true, singularName: 'appproject', verbs: ['get'] },
  ],
};
const coreResources = {
  kind: 'APIResourceList',
  groupVersion: 'v1',
  resources: [
    { name: 'namespaces', kind: 'Namespace', namespaced: false, singularName: 'namespace', verbs: ['get'] },
    {
      name: 'persistentvolumeclaims',
      kind: 'PersistentVolumeClaim',
      namespaced: true,
      singularName: 'persistentvolumeclaim',
      verbs: ['get'],
    },
  ],
};

/** Answers of a cluster with Argo CD, by path. */
const withArgoCd: Readonly<Record<string, unknown>> = {
  '/apis/argoproj.io/v1alpha1': argoResources,
  '/apis/argoproj.io/v1alpha1/': argoResources,
  '/api/v1': coreResources,
  '/api/v1/namespaces/argocd': { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'argocd' } },
};

let folder: string;
let kubeconfig: string;
let server: Server;
let answers: Readonly<Record<string, unknown>>;
let asked: string[];
let silent: boolean;

beforeEach(async () => {
  asked = [];
  silent = false;
  answers = withArgoCd;
  server = createServer((request, response) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
    if (silent) return;
    const answer = answers[request.url ?? ''];
    response.writeHead(answer === undefined ? 404 : answer === 'forbidden' ? 403 : 200, {
      'content-type': 'application/json',
    });
    response.end(JSON.stringify(answer ?? { kind: 'Status', status: 'Failure', code: 404 }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  folder = await mkdtemp(join(tmpdir(), 'read-cluster-'));
  kubeconfig = join(folder, 'config');
  await writeFile(
    kubeconfig,
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [
        {
          name: 'shop',
          cluster: {
            server: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
            'insecure-skip-tls-verify': true,
          },
        },
      ],
      contexts: [{ name: 'kind-shop', context: { cluster: 'shop', user: 'me' } }],
      users: [{ name: 'me', user: { token: 'planted-cluster-token' } }],
      'current-context': '',
    }),
  );
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

const question = (
  objects: ClusterQuestion['objects'] = [],
  others: ClusterQuestion['others'] = [],
): ClusterQuestion => ({
  others,
  stack: 'dev',
  context: 'kind-shop',
  engine: usualEngine.setUp,
  rendered: { namespace: 'argocd', environmentNamespace: 'staging', limits: 'shop-dev' },
  objects,
});

const failing = async (wanted: ClusterQuestion, patienceSeconds?: number): Promise<string> => {
  const error: unknown = await readCluster(wanted, {
    kubeconfig,
    ...(patienceSeconds === undefined ? {} : { patienceSeconds }),
  }).catch((reason: unknown) => reason);
  return error instanceof Error ? error.message : 'nothing failed';
};

describe('asking a cluster', () => {
  test('finds what is there, and decodes Secrets', async () => {
    answers = {
      ...withArgoCd,
      '/api/v1/namespaces/dev': { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'dev' } },
      '/api/v1/namespaces/dev/persistentvolumeclaims/disk': {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: 'disk' },
      },
      '/api/v1/namespaces/dev/secrets/password': {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'password', annotations: { 'portolan/generation': '2' } },
        data: { key: 'dmFsdWU=' },
      },
    };
    const facts = await readCluster(
      question([
        { apiVersion: 'v1', kind: 'Namespace', name: 'dev' },
        { apiVersion: 'v1', kind: 'PersistentVolumeClaim', name: 'disk', namespace: 'dev' },
        { apiVersion: 'v1', kind: 'Secret', name: 'password', namespace: 'dev' },
        { apiVersion: 'v1', kind: 'Secret', name: 'webhook', namespace: 'dev' },
        { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', name: 'shop-dev', namespace: 'argocd' },
      ]),
      { kubeconfig },
    );

    expect(facts).toEqual({
      existing: new Set(['Namespace dev', 'PersistentVolumeClaim dev/disk', 'Secret dev/password']),
      secrets: new Map([
        ['Secret dev/password', { annotations: { 'portolan/generation': '2' }, values: new Map([['key', 'value']]) }],
      ]),
      live: new Map([
        ['Namespace dev', expect.objectContaining({ kind: 'Namespace' })],
        ['PersistentVolumeClaim dev/disk', expect.objectContaining({ kind: 'PersistentVolumeClaim' })],
      ]),
    });
    expect(asked.filter((line) => !line.startsWith('GET '))).toEqual([]);
  });

  test('finds the kinds that the AppProject allows and that its own Applications still track', async () => {
    const application = (name: string, project: string, ...kinds: readonly string[]) => ({
      metadata: { name },
      spec: { project },
      status: { resources: kinds.map((kind) => ({ group: kind === 'Job' ? 'batch' : 'apps', kind })) },
    });
    answers = {
      ...withArgoCd,
      '/apis/argoproj.io/v1alpha1/namespaces/argocd/appprojects/shop-dev': {
        metadata: { name: 'shop-dev' },
        spec: {
          clusterResourceWhitelist: [{ group: '', kind: 'PersistentVolume' }],
          namespaceResourceWhitelist: [
            { group: 'apps', kind: 'Deployment' },
            { group: 'apps', kind: 'StatefulSet' },
            { group: 'batch', kind: 'Job' },
          ],
        },
      },
      '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications': {
        items: [application('shop-dev', 'shop-dev', 'Deployment', 'Job'), application('other', 'other', 'StatefulSet')],
      },
    };

    expect((await readCluster(question(), { kubeconfig })).kindsInUse).toEqual([
      { list: 'namespaceResourceWhitelist', group: 'apps', kind: 'Deployment' },
      { list: 'namespaceResourceWhitelist', group: 'batch', kind: 'Job' },
    ]);
  });

  test('fails for a context that the kubeconfig does not have, and names those it has', async () => {
    expect(await failing({ ...question(), context: 'kind-other' })).toBe(
      'portolan: the kubeconfig has no context "kind-other" (it has: kind-shop); point KUBECONFIG to the right file, or write: pulumi config set kubernetes:context CONTEXT --stack dev',
    );
  });

  test('fails for a kubeconfig that is not there, or is none, and says what to do', async () => {
    await rm(kubeconfig);
    const missing = await failing(question());
    await writeFile(kubeconfig, 'clusters: {');
    const broken = await failing(question());

    expect(missing).toBe(
      `portolan: the kubeconfig cannot be read (ENOENT: no such file or directory, open '${kubeconfig}'); point KUBECONFIG to the right file, or write: unset KUBECONFIG`,
    );
    expect(broken).toMatch(
      /^portolan: the kubeconfig cannot be read \(.*\); point KUBECONFIG to the right file, or write: unset KUBECONFIG$/s,
    );
  });

  test('reads several files as kubectl does: what is missing is left out, and the first of each name counts', async () => {
    const other = join(folder, 'other');
    const again = { name: 'kind-shop', context: { cluster: 'nowhere', user: 'nobody' } };
    await writeFile(
      other,
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Config',
        clusters: [],
        users: [],
        contexts: [again, { ...again, name: 'kind-other' }],
      }),
    );
    const files = [join(folder, 'missing'), kubeconfig, other].join(delimiter);

    expect((await readCluster(question(), { kubeconfig: files })).existing).toEqual(new Set());
    await expect(readCluster({ ...question(), context: 'kind-third' }, { kubeconfig: files })).rejects.toThrow(
      '(it has: kind-shop, kind-other)',
    );
  });

  test('fails for a kubeconfig with a mistake in it, and shows none of its lines', async () => {
    await writeFile(kubeconfig, 'users:\n  - name: me\n    user: {token: planted-cluster-token, x: }\n  name: you\n');

    expect(await failing(question())).toMatch(
      /^portolan: the kubeconfig cannot be read \([^\n]*\); point KUBECONFIG to the right file, or write: unset KUBECONFIG$/,
    );
    expect(await failing(question())).not.toContain('planted');
  });

  test('fails at once for a cluster without Argo CD, and says how to install it', async () => {
    const expected =
      'portolan: the cluster of context "kind-shop" has no Argo CD in namespace "argocd"; install 3.2 or later: kubectl --context kind-shop create namespace argocd; ' +
      'kubectl --context kind-shop apply -n argocd --server-side --force-conflicts -f https://raw.githubusercontent.com/argoproj/argo-cd/v3.2.12/manifests/install.yaml';
    answers = {};
    const nothing = await failing(question());
    answers = { '/apis/argoproj.io/v1alpha1': argoResources, '/apis/argoproj.io/v1alpha1/': argoResources };
    const elsewhere = await failing(question());

    expect([nothing, elsewhere]).toEqual([expected, expected]);
  });

  test('fails for a cluster that does not answer in time', async () => {
    silent = true;

    expect(await failing(question(), 0.2)).toBe(
      'portolan: the cluster of context "kind-shop" cannot be asked (no answer within 0.2 s); start it, or look with: kubectl --context kind-shop get namespaces',
    );
  });

  test('fails for a cluster that is not there, without showing the token', async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    const message = await failing(question());
    await new Promise<void>((resolve) => {
      server = createServer().listen(0, resolve);
    });

    expect(message).toMatch(
      /^portolan: the cluster of context "kind-shop" cannot be asked \(.*ECONNREFUSED.*\); start it, or look with: kubectl --context kind-shop get namespaces$/,
    );
    expect(message).not.toContain('planted-cluster-token');
  });

  test('fails for a Secret that the context may not read', async () => {
    answers = { ...withArgoCd, '/api/v1/namespaces/dev/secrets/password': 'forbidden' };

    expect(await failing(question([{ apiVersion: 'v1', kind: 'Secret', name: 'password', namespace: 'dev' }]))).toBe(
      'portolan: the cluster of context "kind-shop" cannot be asked (HTTP 403); start it, or look with: kubectl --context kind-shop get namespaces',
    );
  });

  test('finds what another engine follows the environment by, with the lines that make it let go', async () => {
    const api = 'kustomize.toolkit.fluxcd.io/v1';
    const watched = { apiVersion: api, kind: 'Kustomization', name: 'shop-dev', namespace: 'flux-system' };
    const gone = { ...watched, name: 'shop-prod' };
    const verb = { namespaced: true, singularName: 'kustomization', verbs: ['get'] };
    const resources = [{ name: 'kustomizations', kind: 'Kustomization', ...verb }];
    answers = {
      ...withArgoCd,
      [`/apis/${api}`]: { kind: 'APIResourceList', groupVersion: api, resources },
      [`/apis/${api}/namespaces/flux-system/kustomizations/shop-dev`]: { apiVersion: api, kind: 'Kustomization' },
    };

    const { letGo } = engines.flux;
    const facts = await readCluster(
      question(
        [],
        [
          { watched, letGo },
          { watched: gone, letGo },
        ],
      ),
      { kubeconfig },
    );

    expect(facts.followedBy).toEqual([
      {
        object: 'Kustomization flux-system/shop-dev',
        lines: [
          `kubectl --context kind-shop -n flux-system patch kustomization shop-dev --type merge -p '{"spec":{"suspend":true}}'`,
          'kubectl --context kind-shop -n flux-system delete kustomization shop-dev',
        ],
      },
    ]);
  });
});
