import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openHelm } from '../../../src/clients/helm/open-helm.ts';
import type { KubernetesObject } from '../../../src/model/application.ts';
import { environmentOf, type Delivery } from '../../../src/model/delivery.ts';
import { textAt } from '../../../src/objects/fields-at.ts';
import type { RenderedObject } from '../../../src/objects/rendered-object.ts';
import { renderEnvironment } from '../../../src/render/render-environment.ts';
import { podinfo } from '../../examples/podinfo/example.ts';
import { until } from '../../support/cluster.ts';
import { startGitServer, type GitServer } from '../../support/cluster-git-server.ts';
import { commitByHand, gitIn, temporaryFolder } from '../../support/git.ts';
import { pushed, registry } from './support/podinfo-chart.ts';

const howTo = `these tests need a throw-away cluster, named by KUBECONFIG, with Argo CD 3.2 or later in argocd, which reaches this machine at 127.0.0.1; a registry
that this machine reaches over plain HTTP, named by PORTOLAN_E2E_REGISTRY; and kubectl, helm and git on the PATH. PORTOLAN_E2E=throw-away says that the
cluster may be destroyed. Everything in the namespace podinfo-hydrated is removed`;

const place = 'uat';
const namespace = 'podinfo-hydrated';
const branch = `env/${place}`;
const store = temporaryFolder();

/** The example with Argo CD and a chart that the program renders, in a namespace of these tests, on a branch that everybody may read. */
const delivery = ((): Delivery => {
  const read = JSON.parse(JSON.stringify(podinfo()).replaceAll('"app-podinfo"', JSON.stringify(namespace))) as Delivery;
  return {
    ...read,
    environments: read.environments.map((it) => ({
      ...it,
      credentials: [],
      applications: it.applications.map((application) => ({
        ...application,
        helmCharts: (application.helmCharts ?? []).map(({ name, artifact }) => ({
          name,
          artifact,
          values: { replicaCount: 2, ui: { message: 'Greetings' } },
        })),
      })),
    })),
    stages: read.stages.map((stage) => ({
      ...stage,
      engine: { kind: 'argocd', source: 'plain', prune: true, selfHeal: true },
    })),
  };
})();

const kubectl = async (...args: readonly string[]): Promise<string> => (await execa('kubectl', args)).stdout;

describe('a chart that the program renders, on a real Argo CD', () => {
  let server: GitServer;
  let bare: string;
  const digests = new Map<string, string>();

  beforeAll(async () => {
    if ((process.env['KUBECONFIG'] ?? '') === '' || registry === '' || process.env['PORTOLAN_E2E'] !== 'throw-away')
      throw new Error(howTo);
    for (const version of ['1.0.0', '1.1.0']) digests.set(version, await pushed(version));
    const folder = temporaryFolder();
    bare = `${folder}/hydrated.git`;
    gitIn(folder, 'init', '--quiet', '--bare', bare);
    server = await startGitServer(folder);
  });

  afterAll(async () => {
    await kubectl('delete', 'applications.argoproj.io,appprojects.argoproj.io', `podinfo-${place}`, '-n', 'argocd');
    await kubectl('delete', 'namespace', namespace, '--ignore-not-found', '--wait=false');
    await server.stop();
  });

  const renderedAt = (tag: string): readonly RenderedObject[] =>
    renderEnvironment(
      delivery,
      environmentOf(delivery, place),
      {
        images: {
          'podinfo-chart': { repository: `${registry}/charts/podinfo`, tag, digest: digests.get(tag) ?? '' },
        },
      },
      { opsRepository: `${server.url}/hydrated.git`, renderChart: openHelm(store) },
    ).objects;

  /** The branch moves to a version of the chart. What comes back is its tip, and what lies on it. */
  function published(tag: string): { readonly commit: string; readonly objects: readonly RenderedObject[] } {
    const objects = renderedAt(tag);
    const files = objects.flatMap(({ path, object }) =>
      path.startsWith('manifests/') ? [[path, JSON.stringify(object)] as const] : [],
    );
    return { commit: commitByHand(bare, branch, Object.fromEntries(files)).trim(), objects };
  }

  const live = async (kind: string, name: string, where: string): Promise<KubernetesObject> =>
    JSON.parse(
      (await kubectl('get', kind, name, '-n', where, '--ignore-not-found', '-o', 'json')) || '{}',
    ) as KubernetesObject;

  /** Argo CD has made the cluster equal to a commit, and everything is healthy. */
  const untilSynced = async (commit: string): Promise<unknown> => {
    let last = '';
    return until(
      `Argo CD is at ${commit.slice(0, 12)}`,
      90,
      async () => {
        await kubectl(
          'annotate',
          'applications.argoproj.io',
          `podinfo-${place}`,
          '-n',
          'argocd',
          '--overwrite',
          'argocd.argoproj.io/refresh=normal',
        );
        const it = await live('applications.argoproj.io', `podinfo-${place}`, 'argocd');
        const said = ['sync.revision', 'sync.status', 'health.status', 'operationState.phase'].map((path) =>
          textAt(it, 'status', ...path.split('.')),
        );
        last = [...said, textAt(it, 'status', 'operationState', 'message')].join(' ').slice(0, 300);
        return said.join() === [commit, 'Synced', 'Healthy', 'Succeeded'].join() ? true : undefined;
      },
      () => last,
    );
  };

  const imageOf = async (): Promise<string> =>
    textAt(await live('deployments.apps', 'podinfo', namespace), 'spec', 'template', 'spec', 'containers', 0, 'image');

  test('is plain objects of the branch, of kinds that its project allows, and nothing of Helm reaches the cluster', async () => {
    const { commit, objects } = published('1.0.0');
    const bootstrap = objects.flatMap(({ path, object }) => (path.startsWith('bootstrap/') ? [object] : []));
    const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: bootstrap });
    await execa('kubectl', ['apply', '--server-side', '--force-conflicts', '-f', '-'], { input: list });

    await untilSynced(commit);
    expect(objects.map(({ object: { kind } }) => kind)).not.toContain('HelmRelease');
    expect(await imageOf()).toBe('ghcr.io/acme/podinfo:1.0.0');
    expect(await kubectl('get', 'secrets', '-n', namespace, '-o', 'name')).not.toContain('sh.helm.release');
  });

  test('moves to its next version by a commit that shows what changes', async () => {
    const { commit } = published('1.1.0');

    await untilSynced(commit);
    expect(await imageOf()).toBe('ghcr.io/acme/podinfo:1.1.0');
    expect(gitIn(bare, 'show', '--format=', branch)).toContain('ghcr.io/acme/podinfo:1.1.0');
  });
});
