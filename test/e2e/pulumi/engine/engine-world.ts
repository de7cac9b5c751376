import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ThrowAwayCluster } from '../../../support/cluster.ts';
import { opensshFile } from '../../../pulumi/support/deploy-key.ts';
import { EngineProject, type EngineMemory } from './engine-project.ts';
import { gitHubAddress } from './needs.ts';
import { PlayedGitHub, type GitHubState } from './played-github.ts';

/** Owner of the repositories, an organisation that the server knows. */
export const owner = 'acme';

/** Number of the app that promotes, which is installed there. */
export const promoter = 123456;

/** Milliseconds that opening a world may take: others may have the servers. */
export const patience = 1_800_000;

/** Everything that a run of the engine changes, at one moment; not the cluster. */
export interface Moment {
  readonly gitHub: GitHubState;
  readonly engine: EngineMemory;
}

/** The stacks of the todo system, in the order in which they are made. */
export const stacks = ['platform', 'staging', 'production'] as const;

/** A value for every secret that a stack asks for, by the path below `portolan:secrets`. */
export const secretsOf = (stack: string): Readonly<Record<string, string>> =>
  stack === 'platform'
    ? {
        'docker-hub-build.DOCKERHUB_TOKEN': 'a-docker-hub-token',
        'review-program.READER_PRIVATE_KEY': 'the-reader-key',
        'verify-ops.READER_PRIVATE_KEY': 'the-reader-key',
      }
    : {
        [`promote-${stack}`]: 'the-promoter-key',
        [`publish-${stack}`]: 'the-promoter-key',
        'argocd-ops-read': opensshFile(`none`, stack),
        ...(stack === 'production'
          ? {
              'docker-hub-production.DOCKERHUB_TOKEN': 'another-docker-hub-token',
              'slack-webhook': 'https://hooks.example/a-webhook',
            }
          : {}),
      };

/** What a stack is given that is no secret. */
const plainOf = (stack: string): Readonly<Record<string, string>> =>
  ({
    platform: {
      'docker-hub-build.DOCKERHUB_USERNAME': owner,
      'review-program.READER_APP_ID': '234567',
      'verify-ops.READER_APP_ID': '234567',
    },
    production: { 'docker-hub-production.DOCKERHUB_USERNAME': owner },
  })[stack] ?? {};

/** One engine, one cluster and one GitHub, with the todo system's project beside them; nothing is made yet. */
export class EngineWorld {
  private constructor(
    readonly cluster: ThrowAwayCluster,
    readonly gitHub: PlayedGitHub,
    readonly project: EngineProject,
  ) {}

  /** Waits for its turn, and takes away what earlier tests left. */
  static async open(): Promise<EngineWorld> {
    const cluster = await ThrowAwayCluster.open();
    const gitHub = new PlayedGitHub(gitHubAddress);
    await gitHub.restore();
    const world = new EngineWorld(cluster, gitHub, new EngineProject('a-good-token'));
    await world.prepare();
    return world;
  }

  async close(): Promise<void> {
    await this.cluster.close();
  }

  /** Makes a stack with all its settings and secrets. */
  async init(...names: readonly string[]): Promise<void> {
    for (const stack of names) {
      await this.project.pulumi(['stack', 'init', stack, '--no-select']);
      const given = (flag: string, values: Readonly<Record<string, string>>): readonly string[] =>
        Object.entries(values).flatMap(([path, value]) => [flag, `portolan:secrets.${path}=${value}`]);
      await this.project.pulumi([
        'config',
        'set-all',
        '--path',
        `--stack=${stack}`,
        ...given('--plaintext', plainOf(stack)),
        ...given('--secret', secretsOf(stack)),
      ]);
    }
  }

  /** Makes stacks and everything in them. */
  async make(...names: readonly string[]): Promise<void> {
    await this.init(...names);
    for (const stack of names) await this.project.pulumi(['up', `--stack=${stack}`]);
  }

  /** States, stack files and what GitHub keeps, to come back to with {@link recall}. */
  async remember(): Promise<Moment> {
    return { gitHub: await this.gitHub.state(), engine: this.project.remember() };
  }

  /** Makes states, stack files and what GitHub keeps what they were; not the cluster, for which there is `cluster.clearEnvironments`. */
  async recall({ gitHub, engine }: Moment): Promise<void> {
    await this.gitHub.restore(gitHub);
    this.project.recall(engine);
  }

  /** The project as its owner has it after step 3 of docs/pulumi.md: its own organisation, its own server, its own cluster. */
  private async prepare(): Promise<void> {
    const { copy, folder } = this.project;
    const { host, address } = this.gitHub;
    copy.edit('project.ts', (text) => text.replace('`https://github.com/$', `\`https://${host}/$`));
    const file = (stack: string, config: Readonly<Record<string, unknown>>): void => {
      writeFileSync(join(folder, `Pulumi.${stack}.yaml`), `${JSON.stringify({ config }, null, 2)}\n`);
    };
    file('platform', {
      'portolan:opsRepository': `https://${host}/${owner}/the-project-ops.git`,
      'portolan:registryOwner': owner,
      'portolan:github': { plan: 'team', ownerKind: 'organization', appId: promoter },
      'github:owner': owner,
      'github:baseUrl': address,
      // The server of the tests takes as much as it is given.
      'github:writeDelayMs': 1,
    });
    for (const stack of ['staging', 'production'])
      file(stack, { 'kubernetes:context': this.cluster.context, 'portolan:replicas': { broadcaster: 6 } });
    copy.commit('Deliver to a cluster of the tests');
    await this.gitHub.makeRepository(owner, 'devops-kubernetes');
  }
}
