import { join } from 'node:path';
import { PULL_SECRET_KEY } from '../../../../src/model/credential.ts';
import type { Delivery } from '../../../../src/model/delivery.ts';
import type { Environment } from '../../../../src/model/environment.ts';
import { parseSettings, type Settings } from '../../../../src/model/settings/settings.ts';
import { readStackFiles } from '../../../../src/settings/read-stack-files.ts';
import { opensshFile } from '../../../pulumi/support/deploy-key.ts';
import { ThrowAwayCluster } from '../../../support/cluster.ts';
import { EngineProject, type EngineRun } from './engine-project.ts';
import { owner, promoter } from './engine-world.ts';
import { gitHubAddress } from './needs.ts';
import { Between } from '../faults/between.ts';
import { PlayedGitHub } from './played-github.ts';

/** A line of a refusal that says which value is missing: whether it is a secret, and where it stands. */
const missing = /write it with: pulumi config set (--secret )?--path (portolan:secrets\.\S+)/g;

/** A value for what is missing, by its place: the programs only hand it on. A login to a registry is one that the API server takes. */
function valueOf(path: string, stack: string, logins: ReadonlySet<string>): string {
  if (logins.has(path.replace('portolan:secrets.', ''))) return '{"auths":{}}';
  if (path.endsWith('PROMOTER_APP_ID')) return String(promoter);
  if (path.endsWith('_APP_ID')) return '234567';
  if (path.endsWith('known_hosts')) return '127.0.0.1 ecdsa-sha2-nistp256 AAAA';
  return /ops-read$|sshPrivateKey$|identity$/.test(path) ? opensshFile('none', stack) : `a value for ${path}`;
}

/** The project of an example, as somebody has it who copied it, with the engine, a cluster and a GitHub; nothing is made yet. */
export class ExampleWorld {
  private constructor(
    readonly name: string,
    readonly cluster: ThrowAwayCluster,
    readonly gitHub: PlayedGitHub,
    readonly project: EngineProject,
    /** What is delivered, as the committed stack files have it. */
    private readonly delivery: Delivery,
    private readonly between: Between,
  ) {}

  /** Stacks of environments and of toolchains, in their order. */
  get environments(): readonly string[] {
    return this.places.map(({ name }) => name);
  }

  private get places(): readonly Pick<Environment, 'name' | 'namespace' | 'credentials'>[] {
    const { environments, toolchains = [] } = this.delivery;
    return [...environments, ...toolchains];
  }

  /** Names of the credentials that are logins to a registry. */
  private get logins(): ReadonlySet<string> {
    const all = [this.delivery, ...this.places].flatMap(({ credentials }) => credentials);
    return new Set(all.flatMap(({ name, store }) => (store.keys.includes(PULL_SECRET_KEY) ? [name] : [])));
  }

  /** Waits for its turn, and takes away what earlier tests left. */
  static async open(name: string, program: (settings: Settings) => Delivery): Promise<ExampleWorld> {
    const settings = parseSettings(readStackFiles(join('examples', name)));
    const cluster = await ThrowAwayCluster.open();
    const delivery = program(settings);
    const apps = delivery.actors.flatMap((actor) => (actor.kind === 'app' ? [actor.name] : []));
    const numbers = new Map(apps.map((slug, i) => [slug, 345_678 + i]));
    const between = await Between.open(gitHubAddress, numbers);
    const gitHub = new PlayedGitHub(between.address);
    await gitHub.restore();
    await gitHub.set({ installations: { [owner]: [promoter, ...numbers.values()] } });
    const project = new EngineProject('a-good-token', name);
    const world = new ExampleWorld(name, cluster, gitHub, project, delivery, between);
    await world.prepare();
    return world;
  }

  async close(): Promise<void> {
    await this.cluster.kubectl(['delete', 'applications.argoproj.io,appprojects.argoproj.io', '--all', '-n=argocd']);
    const namespaces = this.places.flatMap(({ name, namespace }) => [name, namespace, `${namespace}-${name}`]);
    await this.cluster.kubectl(['delete', 'namespace', '--ignore-not-found', ...new Set(namespaces)]);
    const secrets = this.places.flatMap(({ credentials }) =>
      credentials.flatMap(({ store }) =>
        store.kind === 'kubernetes' && store.namespace === 'argocd' ? [store.secretName] : [],
      ),
    );
    if (secrets.length > 0)
      await this.cluster.kubectl(['delete', 'secret', '-n=argocd', '--ignore-not-found', ...new Set(secrets)]);
    await this.cluster.close();
    await this.between.close();
  }

  /** Makes the repositories that the example takes over. */
  async makeAdopted(): Promise<void> {
    for (const { name, management } of this.delivery.repositories)
      if (management === 'adopt') await this.gitHub.makeRepository(owner, name);
  }

  /** Makes a stack, and gives it every value that its preview asks for. */
  async init(stack: string): Promise<void> {
    await this.project.pulumi(['stack', 'init', stack, '--no-select']);
    const refused = await this.project.pulumi(['preview', `--stack=${stack}`], { mayFail: true });
    const values = [...`${refused.stdout}\n${refused.stderr}`.matchAll(missing)].flatMap(([, secret, path = '']) => [
      secret === undefined ? '--plaintext' : '--secret',
      `${path}=${valueOf(path, stack, this.logins)}`,
    ]);
    if (values.length === 0) throw new Error(`${this.name}: ${stack} asks for nothing:\n${refused.stdout}`);
    await this.project.pulumi(['config', 'set-all', '--path', `--stack=${stack}`, ...values]);
  }

  /** Runs the engine for several stacks, two at a time. */
  async each(stacks: readonly string[], ...args: readonly string[]): Promise<Readonly<Record<string, EngineRun>>> {
    const runs: Record<string, EngineRun> = {};
    const left = [...stacks];
    const work = async (): Promise<void> => {
      for (let stack = left.shift(); stack !== undefined; stack = left.shift())
        runs[stack] = await this.project.pulumi([...args, `--stack=${stack}`]);
    };
    await Promise.all([work(), work()]);
    return runs;
  }

  /** The project as its owner has it: an organisation, a server and a cluster that are there. */
  private async prepare(): Promise<void> {
    const { copy } = this.project;
    const { host, address } = this.gitHub;
    const { teams } = (await this.gitHub.state()) as { readonly teams: Readonly<Record<string, number>> };
    const declared = this.delivery.actors.filter(({ kind }) => kind === 'team');
    const made = declared.map(({ name }, i) => [`${owner}/${name}`, 702 + i] as const);
    await this.gitHub.set({ teams: { ...teams, ...Object.fromEntries(made) } });
    // Of github.com, whose keys everybody knows, nothing is asked; of another host its own are.
    copy.edit('project.ts', (text) => text.replace("keys: ['identity']", "keys: ['identity', 'known_hosts']"));
    // One cluster stands for all of them, so what lies in one namespace of each lies in one for each.
    if (new Set(this.places.map(({ namespace }) => namespace)).size < this.places.length)
      copy.edit('project.ts', (text) =>
        text
          .replace(/^ {2}namespace,$/m, '  namespace: `${namespace}-${place}`,')
          .replace(
            'objects: [traffic]',
            'objects: [{ ...traffic, metadata: { ...traffic.metadata, namespace: `${namespace}-${place}` } }]',
          ),
      );
    for (const file of ['project.ts', 'Pulumi.platform.yaml'])
      copy.edit(file, (text) => text.replaceAll('https://github.com/', `https://${host}/`));
    copy.edit(
      'Pulumi.platform.yaml',
      (text) =>
        `${text.replace(/^( *)ownerKind: .*$/m, `$&\n$1appId: ${promoter}`)}  github:baseUrl: ${address}\n  github:writeDelayMs: 1\n`,
    );
    for (const stack of this.environments)
      copy.edit(`Pulumi.${stack}.yaml`, (text) => text.replace(/(?<=kubernetes:context: ).*/, this.cluster.context));
    copy.commit('Deliver to a cluster of the tests');
  }
}
