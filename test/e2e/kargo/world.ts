import { mkdirSync } from 'node:fs';
import { execa } from 'execa';
import type { KubernetesObject } from '../../../src/model/application.ts';
import { environmentOf, type Delivery } from '../../../src/model/delivery.ts';
import { withToolchains } from '../../../src/model/derived/places/toolchains.ts';
import { applicationsOf, unitsOf } from '../../../src/model/derived/units.ts';
import { publish } from '../../../src/ops/publish/publish.ts';
import { neededIn } from '../../../src/render/tools.ts';
import { renderEnvironment } from '../../../src/render/render-environment.ts';
import { renderedUnit } from '../../../src/render/rendered-unit.ts';
import { craftista, places, services } from '../../examples/craftista/example.ts';
import { opsContext } from '../../ops/support/fake-ops.ts';
import { FakePullRequests } from '../../ops/support/fake-pull-requests.ts';
import { commitByHand, gitIn, temporaryFolder } from '../../support/git.ts';
import { GitHubOfKargo } from './git-hub.ts';

/** The registry that the cluster and Kargo reach, e.g. `127.0.0.1:25490`. */
export const registry = process.env['PORTOLAN_E2E_REGISTRY'] ?? '';

/** What a person does who wants to run this suite. */
const howTo = `these tests need a throw-away cluster that is new, named by KUBECONFIG, with Argo CD 3.2 or later in the namespace argocd, Kargo 1.11, the
definitions of Traefik 3 and a StorageClass local-path; an empty registry that both reach over plain HTTP, named by PORTOLAN_E2E_REGISTRY; and
oci-push, which pushes to it, and kargo on the PATH. The cluster must reach servers of this machine at 127.0.0.1`;

/** Kargo's project. */
export const project = 'craftista';

/** Where the image of a service lies. */
export const imageOf = (service: string): string => `${registry}/nitheesh86/microservice-${service}`;

/** Runs kubectl. @throws when it fails */
export async function kubectl(args: readonly string[], input = ''): Promise<string> {
  return (await execa('kubectl', args, { input })).stdout;
}

/** An object of Kargo's or of Argo CD's, or undefined. */
export async function live(resource: string, name: string, namespace: string): Promise<KubernetesObject | undefined> {
  const said = await kubectl(['get', resource, name, '--namespace', namespace, '--ignore-not-found', '--output=json']);
  return said === '' ? undefined : (JSON.parse(said) as KubernetesObject);
}

/** Every object of a kind in a namespace. */
export async function all(resource: string, namespace: string): Promise<readonly KubernetesObject[]> {
  const { items } = JSON.parse(await kubectl(['get', resource, '--namespace', namespace, '--output=json'])) as {
    readonly items: readonly KubernetesObject[];
  };
  return items;
}

/** Applies objects as Argo CD does: by the server, strictly. */
export const apply = (objects: readonly KubernetesObject[]): Promise<string> =>
  kubectl(
    ['apply', '--server-side', '--force-conflicts', '--validate=strict', '--filename=-'],
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }),
  );

/** Makes the Secrets that Kargo reads in a toolchain, as its stack does. @throws for a key without a value */
export async function applySecrets(delivery: Delivery, values: Readonly<Record<string, string>>): Promise<void> {
  const { secrets } = neededIn(delivery, environmentOf(delivery, 'tools'), 'tools');
  const valueOf = (key: string): string => {
    const value = values[key];
    if (value === undefined) throw new Error(`nobody knows a value of the key ${key}`);
    return value;
  };
  await apply(
    secrets.map(({ secretName: name, namespace, keys, labels = {}, fields }) => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name, namespace, labels },
      stringData: { ...fields, ...Object.fromEntries(keys.map((key) => [key, valueOf(key)])) },
    })),
  );
}

/** Pushes an image with a tag. @param said - further arguments of the program that does */
export const pushTo = async (repository: string, tag: string, ...said: readonly string[]): Promise<void> => {
  await execa('oci-push', ['-content', `${repository} ${tag}`, ...said, `${repository}:${tag}`]);
};

/** Pushes the image of a service with a tag, which says that it was built from that commit, or says nothing. */
export const push = (service: string, tag: string, commit?: string): Promise<void> =>
  pushTo(
    imageOf(service),
    tag,
    ...(commit === undefined ? [] : ['-annotation', `org.opencontainers.image.revision=${commit}`]),
  );

/** The example as it is, whose repositories are at GitHub: its guard is what these tests judge pull requests with. */
export const craftistaAtGitHub = (): Delivery => withToolchains(craftista());

/** The example, read without a key, from a registry and a GitHub of this machine, which the app alone writes to; what soaks does so for a minute. */
function delivered(hub: GitHubOfKargo): Delivery {
  const example = craftista();
  const url = `http://${hub.host}/acme/craftista-ops.git`;
  return withToolchains({
    ...example,
    gitHubHost: hub.host,
    repositories: example.repositories.map((it) => (it.holds.includes('ops') ? { ...it, url } : it)),
    artifacts: example.artifacts.map((it) => ({ ...it, repository: imageOf(it.name) })),
    environments: example.environments.map((it) => ({
      ...it,
      credentials: it.credentials.filter(({ purpose }) => purpose !== 'gitRead'),
      applications: it.applications.map((application) => ({
        ...application,
        databases: (application.databases ?? []).map((database) => ({
          ...database,
          storage: { ...database.storage, storageClass: 'local-path' },
        })),
      })),
    })),
    toolchains: (example.toolchains ?? []).map((it) => ({ ...it, credentials: [] })),
    stages: example.stages.map((it) =>
      it.promoter?.kind === 'kargo' && it.promoter.soakMinutes !== undefined
        ? { ...it, promoter: { kind: 'kargo', soakMinutes: 1 } }
        : it,
    ),
    initialReleases: Object.fromEntries(
      Object.entries(example.initialReleases).map(([name, release]) => [
        name,
        {
          images: Object.fromEntries(
            Object.entries(release.images).map(([artifact, image]) => [
              artifact,
              { ...image, repository: imageOf(artifact) },
            ]),
          ),
        },
      ]),
    ),
  });
}

/** Everything that the phases work with. */
export class KargoWorld {
  private constructor(
    readonly hub: GitHubOfKargo,
    readonly bare: string,
    readonly context: Awaited<ReturnType<typeof opsContext>>,
    readonly pullRequests: FakePullRequests,
  ) {}

  static async open(): Promise<KargoWorld> {
    if (registry === '' || (process.env['KUBECONFIG'] ?? '') === '') throw new Error(howTo);
    const folder = temporaryFolder();
    const bare = `${folder}/acme/craftista-ops.git`;
    mkdirSync(bare, { recursive: true });
    gitIn(bare, 'init', '--quiet', '--bare', '--initial-branch=main');
    const hub = await GitHubOfKargo.start(folder);
    const delivery = delivered(hub);
    const pullRequests = new FakePullRequests(bare);
    const context = await opsContext({
      bare,
      delivery,
      pullRequests,
      clock: () => new Date(),
      render: (unit, release) => {
        const environment = environmentOf(delivery, unit.environment);
        const own = applicationsOf(environment, unit).map(({ name }) => name);
        const first = delivery.initialReleases[unit.environment] ?? { images: {} };
        const opsRepository = `http://${hub.host}/acme/craftista-ops.git`;
        return renderedUnit(
          renderEnvironment(delivery, environment, (name) => (own.includes(name) ? release : first), { opsRepository }),
          unit,
        );
      },
    });
    return new KargoWorld(hub, bare, context, pullRequests);
  }

  /** Publishes every branch, with what starts behind a gate merged, and applies what must exist before the first sync. */
  async publishEverything(): Promise<void> {
    const { context, pullRequests } = this;
    // As the stacks make them.
    for (const { branch } of unitsOf(context.delivery)) commitByHand(this.bare, branch, { 'README.md': '# first\n' });
    await context.repository.refresh();
    for (const { name, applications } of context.delivery.environments) {
      const parts = applications.length > 1 ? applications.map((it) => it.name) : [];
      for (const application of [...parts, undefined]) {
        await publish(context, { environment: name, ...(application === undefined ? {} : { application }) });
        for (const { number } of await pullRequests.listOpen()) pullRequests.merge(number);
        await context.repository.refresh();
      }
    }
  }

  /** What must exist in each place before its first sync, and what Kargo pushes with: the app of this GitHub. */
  async applyBootstrap(place: string): Promise<void> {
    const environment = environmentOf(this.context.delivery, place);
    const release = this.context.delivery.initialReleases[place] ?? { images: {} };
    const opsRepository = `http://${this.hub.host}/acme/craftista-ops.git`;
    const { objects } = renderEnvironment(this.context.delivery, environment, release, { opsRepository });
    const bootstrap = objects.filter(({ path }) => path.startsWith('bootstrap/')).map(({ object }) => object);
    await apply(bootstrap.filter(({ kind }) => kind === 'Namespace'));
    if (place === 'tools') await applySecrets(this.context.delivery, this.hub.app.secret);
    await apply(bootstrap);
  }

  /** Where a branch stands. */
  tip(branch: string): string {
    return gitIn(this.bare, 'rev-parse', `refs/heads/${branch}`).trim();
  }

  /** Where every branch of an application stands. */
  tips(): ReadonlyMap<string, string> {
    return new Map(
      places.flatMap((place) =>
        services.map((service) => [`app/${place}/${service}`, this.tip(`app/${place}/${service}`)] as const),
      ),
    );
  }
}
