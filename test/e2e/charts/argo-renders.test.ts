import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../../src/model/application.ts';
import type { HelmChart } from '../../../src/model/charts/helm-chart.ts';
import { environmentOf, type Delivery } from '../../../src/model/delivery.ts';
import { unitOf } from '../../../src/model/derived/units.ts';
import { itemsOf, valueAt } from '../../../src/objects/fields.ts';
import { textAt } from '../../../src/objects/fields-at.ts';
import type { OpsContext } from '../../../src/ops/ops-context.ts';
import { promote } from '../../../src/ops/promote/promote.ts';
import { publish } from '../../../src/ops/publish/publish.ts';
import { openRegistry } from '../../../src/ops/registry/registry.ts';
import { rollback } from '../../../src/ops/rollback/rollback.ts';
import { verify } from '../../../src/ops/verify/verify.ts';
import { renderEnvironment } from '../../../src/render/render-environment.ts';
import { podinfo } from '../../examples/podinfo/example.ts';
import { opsContext } from '../../ops/support/fake-ops.ts';
import { until } from '../../support/cluster.ts';
import { startGitServer, type GitServer } from '../../support/cluster-git-server.ts';
import { gitIn, temporaryFolder } from '../../support/git.ts';
import { pushed, registry } from './support/podinfo-chart.ts';

const howTo = `these tests need a throw-away cluster, named by KUBECONFIG, with Argo CD 3.2 or later in argocd, which reaches this machine at 127.0.0.1; a registry
that it and this machine reach over plain HTTP at a loopback address, named by PORTOLAN_E2E_REGISTRY; and kubectl, helm and git on the PATH. PORTOLAN_E2E=throw-away
says that the cluster may be destroyed. Everything in the namespace podinfo-folder is removed`;

const place = 'dev-test';
const namespace = 'podinfo-folder';
const application = `podinfo-${place}`;
const branch = `env/${place}`;
const folder = 'manifests/podinfo/podinfo';

/** The example with Argo CD, which renders its chart, in a namespace of these tests, on a branch that everybody may read. */
function deliveryAt(digest: string): Delivery {
  const text = JSON.stringify(podinfo())
    .replaceAll('"app-podinfo"', JSON.stringify(namespace))
    .replaceAll('ghcr.io/acme/charts/podinfo', `${registry}/charts/podinfo`);
  const read = JSON.parse(text) as Delivery;
  const ofArgo = ({ name, artifact }: HelmChart): HelmChart => ({
    name,
    artifact,
    values: { replicaCount: 2, ui: { message: 'Greetings' } },
    renderedBy: { kind: 'engine', kinds: ['Deployment.apps', 'Service'] },
  });
  return {
    ...read,
    environments: read.environments.map((it) => ({
      ...it,
      credentials: it.name === place ? [] : it.credentials,
      applications: it.applications.map((app) => ({ ...app, helmCharts: (app.helmCharts ?? []).map(ofArgo) })),
    })),
    stages: read.stages.map((stage) => ({
      ...stage,
      engine: { kind: 'argocd', source: 'plain', prune: true, selfHeal: true },
    })),
    initialReleases: {
      ...read.initialReleases,
      [place]: { images: { 'podinfo-chart': { repository: `${registry}/charts/podinfo`, tag: '1.0.0', digest } } },
    },
  };
}

const kubectl = async (...args: readonly string[]): Promise<string> => (await execa('kubectl', args)).stdout;

describe('a chart that a real Argo CD renders', () => {
  let server: GitServer;
  let context: OpsContext & { readonly bare: string };

  beforeAll(async () => {
    if ((process.env['KUBECONFIG'] ?? '') === '' || registry === '' || process.env['PORTOLAN_E2E'] !== 'throw-away')
      throw new Error(howTo);
    const [digest] = [await pushed('1.0.0'), await pushed('1.1.0')];
    const delivery = deliveryAt(digest);
    const folder = temporaryFolder();
    const bare = `${folder}/ops.git`;
    gitIn(folder, 'init', '--quiet', '--bare', bare);
    server = await startGitServer(folder);
    const settings = { opsRepository: `${server.url}/ops.git` };
    const environment = environmentOf(delivery, place);
    const render: OpsContext['render'] = (_, release) => renderEnvironment(delivery, environment, release, settings);
    context = await opsContext({ bare, delivery, render });
  });

  afterAll(async () => {
    await kubectl('delete', 'applications.argoproj.io,appprojects.argoproj.io', application, '-n', 'argocd');
    await kubectl('delete', 'namespace', namespace, '--ignore-not-found', '--wait=false');
    await server.stop();
  });

  const live = async (kind: string, name: string, where: string): Promise<KubernetesObject> =>
    JSON.parse(
      (await kubectl('get', kind, name, '-n', where, '--ignore-not-found', '-o', 'json')) || '{}',
    ) as KubernetesObject;

  /** Argo CD has made the cluster equal to the branch's tip, both sources of it, and everything is healthy. */
  const untilSynced = async (): Promise<unknown> => {
    const commit = gitIn(context.bare, 'rev-parse', branch);
    let last = '';
    return until(
      `Argo CD is at ${commit.slice(0, 12)}`,
      120,
      async () => {
        await kubectl(
          'annotate',
          'applications.argoproj.io',
          application,
          '-n',
          'argocd',
          '--overwrite',
          'argocd.argoproj.io/refresh=normal',
        );
        const it = await live('applications.argoproj.io', application, 'argocd');
        const said = ['sync.status', 'health.status', 'operationState.phase'].map((path) =>
          textAt(it, 'status', ...path.split('.')),
        );
        const revisions = itemsOf(valueAt(it, 'status', 'sync', 'revisions'));
        last = JSON.stringify([
          revisions,
          said,
          valueAt(it, 'status', 'conditions'),
          textAt(it, 'status', 'operationState', 'message'),
        ]).slice(0, 1500);
        return JSON.stringify([revisions, said]) ===
          JSON.stringify([
            [commit, commit],
            ['Synced', 'Healthy', 'Succeeded'],
          ])
          ? true
          : undefined;
      },
      () => last,
    );
  };

  const deployment = async (): Promise<KubernetesObject> => live('deployments.apps', 'podinfo', namespace);
  const imageOf = async (): Promise<string> =>
    textAt(await deployment(), 'spec', 'template', 'spec', 'containers', 0, 'image');

  test('is fetched by its version from the registry, and made of the kinds that the project allows, beside plain objects', async () => {
    await publish(context, { environment: place });
    const { delivery } = context;
    const { objects } = await context.render(
      unitOf(delivery, { environment: place }),
      delivery.initialReleases[place]!,
    );
    const bootstrap = objects.flatMap(({ path, object }) => (path.startsWith('bootstrap/') ? [object] : []));
    const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: bootstrap });
    await execa('kubectl', ['apply', '--server-side', '--force-conflicts', '-f', '-'], { input: list });

    await untilSynced();
    expect(await imageOf()).toBe('ghcr.io/acme/podinfo:1.0.0');
    expect(valueAt(await deployment(), 'spec', 'replicas')).toBe(2);
    expect(await kubectl('get', 'networkpolicies', '-n', namespace, '-o', 'name')).toContain('default-deny');
    expect(await kubectl('get', 'secrets', '-n', namespace, '-o', 'name')).not.toContain('sh.helm.release');
  });

  test('moves to its next version by one line of its own file', async () => {
    const images = { 'podinfo-chart': `${registry}/charts/podinfo:1.1.0` };
    const registryAsked = openRegistry({});
    const resolveDigest = (reference: string): Promise<string> => registryAsked.resolveDigest(reference);
    await promote(context, { environment: place, source: { kind: 'build', images }, resolveDigest });
    const changed = gitIn(context.bare, 'show', '--format=', '--unified=0', branch, '--', 'manifests');

    expect(changed.split('\n').filter((line) => /^[-+](?![-+])/.test(line))).toEqual([
      '-  version: "1.0.0"',
      '+  version: "1.1.0"',
    ]);
    await untilSynced();
    expect(await imageOf()).toBe('ghcr.io/acme/podinfo:1.1.0');
    expect(await verify(context, { environment: place })).toMatchObject({ differing: [], strays: [] });
  });

  test('is healed where somebody changes what it made', async () => {
    await kubectl('scale', 'deployment', 'podinfo', '--replicas=5', '-n', namespace);
    const healed = async (): Promise<true | undefined> =>
      valueAt(await deployment(), 'spec', 'replicas') === 2 ? true : undefined;

    expect(await until('Argo CD undoes it', 120, healed)).toBe(true);
  });

  test('goes back by the same line', async () => {
    await rollback(context, { environment: place, reason: 'slower' });

    await untilSynced();
    expect(await imageOf()).toBe('ghcr.io/acme/podinfo:1.0.0');
    expect(gitIn(context.bare, 'show', `${branch}:${folder}/Chart.yaml`)).toContain('  version: "1.0.0"');
  });
});
