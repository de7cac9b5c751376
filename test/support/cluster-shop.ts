import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { execa } from 'execa';
import type { Outcome } from './cluster.ts';
import { filesOf, gitIn, temporaryFolder } from './git.ts';

/** The shop of the examples as its owner has it: a folder with its program and stack files, and an ops repository that is served over HTTP. */
export class ShopProject {
  private constructor(
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
  static create(served: string, urlOf: (name: string) => string, context: string): ShopProject {
    const folder = temporaryFolder();
    const project = new ShopProject(folder, join(served, 'shop-ops.git'), urlOf('shop-ops.git'));
    gitIn(served, 'init', '--quiet', '--bare', project.ops);
    gitIn(folder, 'init', '--quiet');
    const stack = (name: string, config: Readonly<Record<string, unknown>>): void => {
      writeFileSync(join(folder, `Pulumi.${name}.yaml`), JSON.stringify({ config }));
    };
    stack('platform', {
      'portolan:opsRepository': project.url,
      'portolan:github': { plan: 'team', ownerKind: 'organization' },
      'github:owner': 'acme',
    });
    for (const place of ['dev', 'qa', 'prod'])
      stack(place, { 'kubernetes:context': context, 'portolan:host': `${place}.shop.example` });
    writeFileSync(join(folder, '.gitignore'), '.portolan/\n');
    const from = (path: string): string => JSON.stringify(resolve(path));
    writeFileSync(
      join(folder, 'project.ts'),
      `import project from ${from('examples/shop/project.ts')};
import { inCluster } from ${from('test/support/shop-in-cluster.ts')};

export default (settings: Parameters<typeof project>[0]) => inCluster(project(settings));
`,
    );
    gitIn(folder, 'add', '--all');
    gitIn(folder, 'commit', '--quiet', '--message', 'The shop');
    return project;
  }

  /** Runs a command of the real program in the project. */
  async portolan(...args: readonly string[]): Promise<Outcome> {
    const { exitCode, stdout, stderr } = await execa(process.execPath, [resolve('bin/portolan.mjs'), ...args], {
      cwd: this.folder,
      reject: false,
      env: { NODE_OPTIONS: '' },
    });
    return { exitCode: exitCode ?? 137, stdout, stderr };
  }

  /** What is gated has no pull request here: a path on this disk gates nothing. */
  addressFor(place: string): string {
    return place === 'prod' ? this.ops : this.url;
  }

  /** Text of the README on the branch of an environment. */
  readme(place: string): string {
    return filesOf(this.ops, `env/${place}`).get('README.md') ?? '';
  }

  /** Writes the files of an environment's branch below a folder to this disk, and returns where. */
  checkOut(place: string, below: 'bootstrap' | 'manifests/shop'): string {
    const folder = temporaryFolder();
    for (const [path, text] of filesOf(this.ops, `env/${place}`)) {
      if (!path.startsWith(`${below}/`)) continue;
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return join(folder, below);
  }
}
