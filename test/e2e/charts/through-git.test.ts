import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../../src/model/application.ts';
import { environmentOf, type Delivery } from '../../../src/model/delivery.ts';
import { engineWordOf } from '../../../src/model/derived/looks/engine-word.ts';
import { fieldAt, textAt } from '../../../src/objects/fields-at.ts';
import { reportedHealth } from '../../../src/ops/health/reported-health.ts';
import { renderEnvironment } from '../../../src/render/render-environment.ts';
import { podinfo } from '../../examples/podinfo/example.ts';
import { until } from '../../support/cluster.ts';
import { startGitServer, type GitServer } from '../../support/cluster-git-server.ts';
import { FakeGitHub } from '../../support/fake-github.ts';
import { commitByHand, gitIn, temporaryFolder } from '../../support/git.ts';
import { pushed, registry } from './support/podinfo-chart.ts';

const howTo = `these tests need a throw-away cluster, named by KUBECONFIG, with all controllers of Flux 2.7 or later in flux-system, which reach this machine at
127.0.0.1; a registry that it and this machine reach over plain HTTP, named by PORTOLAN_E2E_REGISTRY; and kubectl, helm and git on the PATH.
PORTOLAN_E2E=throw-away says that the cluster may be destroyed. Everything in the namespace podinfo-by-git is removed`;

const place = 'dev-test';
const namespace = 'podinfo-by-git';
const branch = `env/${place}`;
const event = 'Kustomization/podinfo-dev-test.flux-system';
const app = 'podinfo-flux-dev-test[bot]';

const kubectl = async (...args: readonly string[]): Promise<string> => (await execa('kubectl', args)).stdout;

/** The example with a chart that is given up soon, in a namespace of these tests, and with a branch that everybody may read. */
const delivery = ((): Delivery => {
  const written = JSON.stringify(podinfo())
    .replaceAll('"app-podinfo"', JSON.stringify(namespace))
    .replaceAll('ghcr.io/acme/charts/podinfo', `${registry}/charts/podinfo`)
    .replaceAll('"test":true,"retries":2', '"test":false,"retries":0,"timeoutMinutes":1')
    .replaceAll('"pollMinutes":2', '"pollMinutes":1');
  const read = JSON.parse(written) as Delivery;
  return {
    ...read,
    environments: read.environments.map((it) => ({
      ...it,
      credentials: it.credentials.filter(({ purpose }) => purpose !== 'gitRead'),
    })),
  };
})();
const environment = environmentOf(delivery, place);

let server: GitServer;
let statuses: FakeGitHub;
let workflows: FakeGitHub;
let bare: string;
const digests = new Map<string, string>();

/** What is rendered at a version of the chart, by the path of each file. */
const renderedAt = (version: string): readonly { readonly path: string; readonly object: KubernetesObject }[] =>
  renderEnvironment(
    delivery,
    environment,
    {
      images: {
        'podinfo-chart': { repository: `${registry}/charts/podinfo`, tag: version, digest: digests.get(version) ?? '' },
      },
    },
    { opsRepository: `${server.url}/ops.git` },
  ).objects;

/** A pull request with a version was opened, and somebody merged it. What comes back is the tip of the branch. */
async function merged(version: string): Promise<string> {
  const files = Object.fromEntries(
    renderedAt(version).flatMap(({ path, object }) =>
      path.startsWith('manifests/') ? [[path, JSON.stringify(object)]] : [],
    ),
  );
  const proposal = `promote/${place}/${version}-${Date.now()}`;
  const start = gitIn(bare, 'for-each-ref', '--format=%(objectname)', `refs/heads/${branch}`).trim();
  if (start !== '') gitIn(bare, 'branch', proposal, branch);
  commitByHand(bare, proposal, files, `podinfo ${version} to ${place}`);
  gitIn(bare, 'update-ref', `refs/heads/${branch}`, `refs/heads/${proposal}`);
  await look();
  return gitIn(bare, 'rev-parse', branch).trim();
}

/** Has Flux look at once, and not after its interval. */
async function look(): Promise<void> {
  const now = `reconcile.fluxcd.io/requestedAt=${Date.now()}`;
  for (const kind of ['gitrepositories', 'kustomizations'])
    await kubectl('annotate', kind, `podinfo-${place}`, '-n', 'flux-system', '--overwrite', now).catch(() => '');
}

const apply = async (objects: readonly KubernetesObject[]): Promise<unknown> =>
  execa('kubectl', ['apply', '--server-side', '--force-conflicts', '--validate=strict', '-f', '-'], {
    input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }),
  });

/** Who is told lies on this machine, and not at GitHub. */
const atPlayed = (object: KubernetesObject): KubernetesObject =>
  object.kind === 'Provider'
    ? {
        ...object,
        spec: {
          ...(object['spec'] as object),
          address:
            fieldAt(object, 'spec', 'type') === 'github'
              ? `${statuses.baseUrl}/acme/podinfo-ops`
              : `${workflows.baseUrl}/acme/podinfo-delivery`,
        },
      }
    : object;

const secrets = (): readonly KubernetesObject[] =>
  environment.credentials.flatMap(({ store }) =>
    store.kind === 'kubernetes'
      ? [
          {
            apiVersion: 'v1',
            kind: 'Secret',
            metadata: { name: store.secretName, namespace: store.namespace ?? namespace },
            stringData: { token: 'app-token' },
          },
        ]
      : [],
  );

/** What `promote --when-healthy` makes of what Flux wrote on a commit. */
const healthOf = (commit: string): string =>
  reportedHealth([engineWordOf(delivery, environment, environment.applications[0]!)!], statuses.statuses.of(commit));

const untilHealth = async (commit: string, wanted: RegExp): Promise<string> =>
  until(
    `the status of ${commit.slice(0, 12)} is ${String(wanted)}`,
    150,
    () => Promise.resolve(wanted.test(healthOf(commit)) ? healthOf(commit) : undefined),
    () => healthOf(commit),
  );

const imageOf = async (): Promise<string> =>
  textAt(
    JSON.parse((await kubectl('get', 'deployments.apps', 'podinfo', '-n', namespace, '-o', 'json')) || '{}'),
    'spec',
    'template',
    'spec',
    'containers',
    0,
    'image',
  );

describe('a chart that moves by merged pull requests, on the real controllers', () => {
  beforeAll(async () => {
    if ((process.env['KUBECONFIG'] ?? '') === '' || registry === '' || process.env['PORTOLAN_E2E'] !== 'throw-away')
      throw new Error(howTo);
    for (const version of ['1.0.0', '1.1.0', '1.2.0']) digests.set(version, await pushed(version));
    const folder = temporaryFolder();
    bare = `${folder}/ops.git`;
    gitIn(folder, 'init', '--quiet', '--bare', bare);
    server = await startGitServer(folder);
    statuses = await FakeGitHub.start('app-token', 'acme', 'podinfo-ops');
    workflows = await FakeGitHub.start('app-token', 'acme', 'podinfo-delivery');
    statuses.login = app;
  });

  afterAll(async () => {
    const own = ['kustomizations', 'gitrepositories', 'alerts', 'providers'].join();
    await kubectl('delete', 'kustomizations', `podinfo-${place}`, '-n', 'flux-system', '--ignore-not-found');
    await kubectl('delete', own, '--all', '-n', 'flux-system');
    await kubectl('delete', 'namespace', namespace, '--ignore-not-found', '--wait=false');
    await Promise.all([server.stop(), statuses.stop(), workflows.stop()]);
  });

  test('the first is installed; Flux says so on the commit, and has the workflow of the next stage look', async () => {
    const commit = await merged('1.0.0');
    const bootstrap = renderedAt('1.0.0').flatMap(({ path, object }) =>
      path.startsWith('bootstrap/') ? [object] : [],
    );
    await apply([...bootstrap.slice(0, 1), ...secrets(), ...bootstrap.slice(1).map(atPlayed)]);

    expect(await untilHealth(commit, /^Healthy$/)).toBe('Healthy');
    expect(await imageOf()).toBe('ghcr.io/acme/podinfo:1.0.0');
    expect(statuses.statuses.of(commit)[0]).toEqual({
      context: 'flux/podinfo-dev-test',
      state: 'success',
      description: 'reconciliation succeeded',
      by: app,
    });
    await until('the event', 30, () => Promise.resolve(workflows.events.length > 0 ? true : undefined));
    expect([...new Set(workflows.events)]).toEqual([event]);
  });

  test('the next is an upgrade; its commit is healthy when it runs, and not before', async () => {
    const before = workflows.events.length;
    const commit = await merged('1.1.0');

    await untilHealth(commit, /^Healthy$/);
    expect(await imageOf()).toBe('ghcr.io/acme/podinfo:1.1.0');
    await until('another event', 30, () => Promise.resolve(workflows.events.length > before ? true : undefined));
  });

  test('one that does not become healthy is taken back, its commit failed, and no event is sent of it', async () => {
    const before = workflows.events.length;
    const commit = await merged('1.2.0');

    expect(await untilHealth(commit, /^Degraded/)).toMatch(/^Degraded: flux\/podinfo-dev-test says "/);
    await until('it is taken back', 90, async () =>
      (await imageOf()) === 'ghcr.io/acme/podinfo:1.1.0' ? true : undefined,
    );
    await look();
    await new Promise((resolve) => setTimeout(resolve, 8000));
    expect(healthOf(commit)).toMatch(/^Degraded/);
    expect(workflows.events.length).toBe(before);
  });

  test('the way back is a commit like any other, and healthy', async () => {
    const commit = await merged('1.1.0');

    await untilHealth(commit, /^Healthy$/);
    expect(await imageOf()).toBe('ghcr.io/acme/podinfo:1.1.0');
  });
});
