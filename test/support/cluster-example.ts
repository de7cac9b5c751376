import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { execa } from 'execa';
import type { KubernetesObject } from '../../src/model/application.ts';
import { readStrictYaml } from '../../src/model/formats/strict-yaml.ts';
import type { Outcome } from './cluster.ts';
import { filesOf, gitIn, temporaryFolder } from './git.ts';

/** An example, as the tests change it. */
export interface Example {
  /** Name of its folder below `examples/`, and of its application. */
  readonly name: string;
  /** Its environments. */
  readonly places: readonly string[];
  /** Those of them that a pull request gates. */
  readonly gated?: readonly string[];
  /** Who owns its repositories. */
  readonly owner: string;
  /** What changes its delivery: a module, and the function that it exports. */
  readonly change: { readonly from: string; readonly by: string };
}

/** An example as its owner has it: a folder with its program and stack files, and an ops repository that is served over HTTP. */
export class ExampleProject {
  private constructor(
    private readonly example: Example,
    readonly folder: string,
    /** The ops repository on this disk, and its address. */
    readonly ops: string,
    readonly url: string,
  ) {}

  /**
   * @param served - folder whose bare repositories are served
   * @param urlOf - address of such a repository
   * @param context - of the kubeconfig
   */
  static create(example: Example, served: string, urlOf: (name: string) => string, context: string): ExampleProject {
    const { name, places, owner, change } = example;
    const folder = temporaryFolder();
    const project = new ExampleProject(example, folder, join(served, `${name}-ops.git`), urlOf(`${name}-ops.git`));
    gitIn(served, 'init', '--quiet', '--bare', project.ops);
    gitIn(folder, 'init', '--quiet');
    const stack = (place: string, config: Readonly<Record<string, unknown>>): void => {
      writeFileSync(join(folder, `Pulumi.${place}.yaml`), JSON.stringify({ config }));
    };
    stack('platform', {
      'portolan:opsRepository': project.url,
      'portolan:github': { plan: 'team', ownerKind: 'organization' },
      'github:owner': owner,
    });
    for (const place of places)
      stack(place, { 'kubernetes:context': context, 'portolan:host': `${place}.${name}.example` });
    writeFileSync(join(folder, '.gitignore'), '.portolan/\n');
    const from = (path: string): string => JSON.stringify(resolve(path));
    writeFileSync(
      join(folder, 'project.ts'),
      `import project from ${from(`examples/${name}/project.ts`)};
import { ${change.by} } from ${from(change.from)};

export default (settings: Parameters<typeof project>[0]) => ${change.by}(project(settings));
`,
    );
    gitIn(folder, 'add', '--all');
    gitIn(folder, 'commit', '--quiet', '--message', `The example ${name}`);
    return project;
  }

  /** Runs a command of the real program in the project. */
  async portolan(...args: readonly string[]): Promise<Outcome> {
    const { exitCode, stdout, stderr } = await execa(process.execPath, [resolve('bin/portolan.cjs'), ...args], {
      cwd: this.folder,
      reject: false,
      env: { NODE_OPTIONS: '' },
    });
    return { exitCode: exitCode ?? 137, stdout, stderr };
  }

  /** What is gated has no pull request here: a path on this disk gates nothing. */
  addressFor(place: string): string {
    return this.example.gated?.includes(place) === true ? this.ops : this.url;
  }

  /** Commit that an environment's branch is at. */
  tip(place: string): string {
    return gitIn(this.ops, 'rev-parse', `refs/heads/env/${place}`);
  }

  /** Objects that its engine applies, in the order of their files. */
  objects(place: string): readonly KubernetesObject[] {
    return [...filesOf(this.ops, `env/${place}`)]
      .filter(([path]) => path.startsWith('manifests/'))
      .map(([path, text]) => readStrictYaml(path, text) as KubernetesObject);
  }

  /** Text of the README on the branch of an environment. */
  readme(place: string): string {
    return filesOf(this.ops, `env/${place}`).get('README.md') ?? '';
  }

  /** The lines of that README that make what Argo CD or Flux reads the ops repository with. */
  keyLines(place: string): readonly string[] {
    const lines = this.readme(place).split('\n');
    return lines.filter((line) => /^ {4}kubectl (create|label) secret /.test(line) && line.includes('-ops'));
  }

  /** Writes the files of an environment's branch below a folder to this disk, and returns where. */
  checkOut(place: string, below: 'bootstrap' | 'manifests'): string {
    const folder = temporaryFolder();
    for (const [path, text] of filesOf(this.ops, `env/${place}`)) {
      if (!path.startsWith(`${below}/`)) continue;
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return join(folder, below === 'manifests' ? `manifests/${this.example.name}` : below);
  }
}
