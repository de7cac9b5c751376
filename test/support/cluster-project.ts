import { execa } from 'execa';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { KubernetesObject } from '../../src/model/application.ts';
import { readStrictYaml } from '../../src/model/formats/strict-yaml.ts';
import type { Outcome } from './cluster.ts';
import { startGitServer, type GitServer } from './cluster-git-server.ts';
import type { Variation } from './cluster-variation.ts';
import { filesOf, gitIn, temporaryFolder } from './git.ts';

/** A cluster as the stack files of a project name it. */
export interface ClusterNames {
  readonly context: string;
  readonly node: string;
  /** Folder of each environment on the node. */
  readonly nodeFolders: Readonly<Record<string, string>>;
}

/** What a command that wrote to an environment's branch says with `--json`. */
export interface WriteAnswer {
  readonly commit: string;
  readonly outcome: string;
  readonly notices: readonly string[];
  readonly removals: readonly { readonly object: string }[];
}

/**
 * A project in a folder of its own, as an owner has one: this repository's project.ts, stack files for the cluster of the
 * tests, a Git history, and an ops repository that is served over HTTP. Everything is done with the real `portolan`.
 */
export class ClusterProject {
  private variation: Variation = {};

  private constructor(
    /** Folder of the project. */
    readonly folder: string,
    /** The ops repository on this disk. */
    readonly ops: string,
    /** Folder of each environment on the node. */
    readonly nodeFolders: Readonly<Record<string, string>>,
    private readonly server: GitServer,
  ) {}

  static async create(names: ClusterNames): Promise<ClusterProject> {
    const root = temporaryFolder();
    const [folder, ops] = [join(root, 'project'), join(root, 'served', 'ops.git')];
    mkdirSync(folder);
    gitIn(root, 'init', '--quiet', '--bare', ops);
    const server = await startGitServer(join(root, 'served'), process.env['PORTOLAN_E2E_GIT_HOST']);
    const project = new ClusterProject(folder, ops, names.nodeFolders, server);
    gitIn(folder, 'init', '--quiet');
    const stack = (name: string, config: Readonly<Record<string, unknown>>): void => {
      writeFileSync(join(folder, `Pulumi.${name}.yaml`), JSON.stringify({ config }));
    };
    stack('platform', {
      'portolan:opsRepository': project.url,
      'portolan:registryOwner': 'arkb2023',
      'portolan:github': { plan: 'team', ownerKind: 'organization' },
      'github:owner': 'arkb2023',
    });
    for (const [environment, nodeFolder] of Object.entries(names.nodeFolders)) {
      stack(environment, {
        'kubernetes:context': names.context,
        'portolan:nodeName': names.node,
        'portolan:nodeFolder': nodeFolder,
        'portolan:replicas': { broadcaster: 6 },
      });
    }
    writeFileSync(join(folder, '.gitignore'), '.portolan/\n');
    project.vary({});
    return project;
  }

  /** Address of the ops repository, as Argo CD reads it and the commands write it. */
  get url(): string {
    return `${this.server.url}/ops.git`;
  }

  /** Address under which a further bare repository beside the ops repository is served. */
  urlOf(name: string): string {
    return `${this.server.url}/${name}`;
  }

  /** Makes an empty commit, as any change of the sources would be, and returns its id. */
  commit(message = 'A change of the sources'): string {
    gitIn(this.folder, 'add', '--all');
    gitIn(this.folder, 'commit', '--quiet', '--allow-empty', '--message', message);
    return gitIn(this.folder, 'rev-parse', 'HEAD');
  }

  /** Changes what project.ts delivers, on top of the changes before, and commits it. Returns the commit. */
  vary(variation: Variation): string {
    this.variation = { ...this.variation, ...variation };
    const from = (path: string): string => JSON.stringify(resolve(path));
    writeFileSync(
      join(this.folder, 'project.ts'),
      `import project from ${from('project.ts')};
import { vary } from ${from('test/support/cluster-variation.ts')};

export { ownSettings } from ${from('project.ts')};
export default (settings: Parameters<typeof project>[0]) => vary(project(settings), ${JSON.stringify(this.variation)});
`,
    );
    return this.commit(`Vary: ${Object.keys(variation).join(', ')}`);
  }

  /** Runs a command of the real program in the project. */
  async portolan(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Outcome> {
    const { exitCode, stdout, stderr } = await execa(process.execPath, [resolve('bin/portolan.cjs'), ...args], {
      cwd: this.folder,
      reject: false,
      env: { NODE_OPTIONS: '', ...env },
    });
    return { exitCode: exitCode ?? 137, stdout, stderr };
  }

  /** Runs a command that must succeed and returns its JSON. @throws with what it wrote when it fails */
  async answer(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<unknown> {
    const { exitCode, stdout, stderr } = await this.portolan([...args, '--json'], env);
    if (exitCode !== 0) throw new Error(`portolan ${args.join(' ')}: exit code ${exitCode}\n${stdout}${stderr}`);
    return JSON.parse(stdout);
  }

  /** Publishes one environment: over HTTP where anybody may write, else as the merge of its pull request would. */
  async publish(environment: string, ...options: readonly string[]): Promise<WriteAnswer> {
    const { environments } = (await this.answer([
      'publish',
      environment,
      '--ops',
      this.addressFor(environment),
      ...options,
    ])) as { environments: readonly [WriteAnswer] };
    return environments[0];
  }

  /** Promotes, rolls back or unholds one environment. */
  async write(
    command: string,
    environment: string,
    options: readonly string[] = [],
    env: Readonly<Record<string, string>> = {},
  ): Promise<WriteAnswer> {
    return (await this.answer(
      [command, environment, '--ops', this.addressFor(environment), ...options],
      env,
    )) as WriteAnswer;
  }

  /** What to write to: a gated environment's host would have to be GitHub, a path on this disk gates nothing. */
  addressFor(environment: string): string {
    return environment === 'production' ? this.ops : this.url;
  }

  /** Commit that an environment's branch is at. */
  tip(environment: string): string {
    return gitIn(this.ops, 'rev-parse', `refs/heads/env/${environment}`);
  }

  /** Files of an environment's branch below a folder, by path. */
  files(environment: string, below = ''): ReadonlyMap<string, string> {
    return new Map([...filesOf(this.ops, `env/${environment}`)].filter(([path]) => path.startsWith(below)));
  }

  /** Objects of an environment's branch below a folder, in the order of their files. */
  objects(environment: string, below: 'bootstrap/' | 'manifests/'): readonly KubernetesObject[] {
    return [...this.files(environment, below)].map(([path, text]) => readStrictYaml(path, text) as KubernetesObject);
  }

  async stop(): Promise<void> {
    await this.server.stop();
  }
}
