import { withToolchains } from '../../../src/model/derived/places/toolchains.ts';
import { unitOf, unitsOf } from '../../../src/model/derived/units.ts';
import type { Delivery } from '../../../src/model/delivery.ts';
import type { Stage } from '../../../src/model/stage.ts';
import { writeCommit } from '../../../src/ops/git/write-commit.ts';
import { hold, unhold } from '../../../src/ops/hold/hold.ts';
import type { OpsContext } from '../../../src/ops/ops-context.ts';
import { promote } from '../../../src/ops/promote/promote.ts';
import { publish } from '../../../src/ops/publish/publish.ts';
import { openLocalRepository } from '../../../src/ops/repository/local-repository.ts';
import { rollback } from '../../../src/ops/rollback/rollback.ts';
import type { Written } from '../../../src/ops/written/written.ts';
import { digestOf, program } from '../../ops/support/fake-ops.ts';
import { FakePullRequests } from '../../ops/support/fake-pull-requests.ts';
import { pushFiles } from '../../ops/support/made-up-promoter.ts';
import { renderOf } from '../../ops/support/several-ops.ts';
import { bareRepository, commitByHand } from '../../support/git.ts';
import { imagesOf, upstreamOf, type Build, type TagOf } from './images-of.ts';

/** A system with some weeks behind it: releases, a rollback, times in which it was held, and a pull request that waits. */
export interface LivedSystem {
  readonly context: OpsContext;
  /** A repository that has the commits which the releases were built from. */
  readonly source: string;
  /** As of when it is shown. */
  readonly at: Date;
}

const hour = 3_600_000;
const begin = Date.UTC(2026, 8, 7, 8);
/** Builds, and hours from one to the next. */
const [builds, apart] = [9, 87] as const;
/** The build whose release turns out bad. */
const bad = 5;

/** Hours that a release takes from one environment to the next. */
const waitOf = (number: number): number => 5 + ((number * 7) % 22);

/**
 * Lives through some weeks of a system, the same each time.
 *
 * @param tagOf - what a build is called. @default - as the scheme of each artifact has it
 */
export async function livedSystem(delivery: Delivery, tagOf?: TagOf): Promise<LivedSystem> {
  const life = await Life.of(withToolchains(delivery), tagOf);
  await life.weeks();
  return { context: life.context, source: life.source, at: life.now };
}

class Life {
  now = new Date(begin);
  readonly source = bareRepository();
  private readonly commits: string[] = [];

  private constructor(
    readonly context: OpsContext & { readonly pullRequests: FakePullRequests },
    private readonly tagOf: TagOf | undefined,
  ) {}

  static async of(delivery: Delivery, tagOf: TagOf | undefined): Promise<Life> {
    const bare = bareRepository();
    // As a host and its stacks have made it.
    for (const { branch } of unitsOf(delivery)) commitByHand(bare, branch, { 'README.md': '# first\n' });
    const clock = { now: (): Date => new Date(begin) };
    const life = new Life(
      {
        repository: await openLocalRepository({ path: bare }),
        delivery,
        render: renderOf(delivery),
        program: program(),
        requester: { actor: 'alice' },
        clock: () => clock.now(),
        pullRequests: new FakePullRequests(bare),
      },
      tagOf,
    );
    clock.now = () => life.now;
    return life;
  }

  async weeks(): Promise<void> {
    const { delivery } = this.context;
    for (const { environment, application } of unitsOf(delivery))
      await this.landed(
        await publish(this.context, { environment, ...(application === undefined ? {} : { application }) }),
      );
    // The others are changed by the program alone.
    const stages = delivery.stages.filter(({ intake }) => intake.from !== 'program');
    const last = stages.findLast(({ promoter }) => promoter === undefined) ?? stages.at(-1);
    if (last === undefined) throw new Error('a delivery without a stage has no course');
    for (let number = 1; number <= builds; number++) {
      const built = begin + number * apart * hour;
      const build = { number, at: new Date(built), commit: await this.committed(built - (1 + (number % 4)) * hour) };
      for (const stage of stages) {
        // The last place gets every other release.
        if (stage.environment === last.environment && number % 2 === 0) continue;
        this.now = new Date(built + this.depthOf(stage) * waitOf(number) * hour);
        if (stage.promoter !== undefined) await this.movedByAnother(stage, build);
        // The newest one waits for somebody to merge it.
        else await this.promoted(stage, build, number === builds && stage === last);
      }
      if (number === bad) await this.wentBack(last);
    }
    this.pass(5);
    const before = stages.find(({ environment }) => environment !== last.environment) ?? last;
    await this.landed(await hold(this.context, { ...named(before), reason: 'until the audit is over' }));
    this.pass(9);
  }

  private pass(hours: number): void {
    this.now = new Date(this.now.getTime() + hours * hour);
  }

  private depthOf(stage: Stage): number {
    const upstream = upstreamOf(this.context.delivery, stage);
    return upstream === undefined ? 0 : 1 + this.depthOf(upstream);
  }

  private async promoted(stage: Stage, build: Build, isLeft: boolean): Promise<void> {
    const { delivery } = this.context;
    const upstream = upstreamOf(delivery, stage);
    const written = await promote(this.context, {
      ...named(stage),
      ...(stage.triggers.some(({ on }) => on === 'gitTag') ? { gitTag: `v5.${build.number}.0` } : {}),
      source:
        upstream === undefined
          ? { kind: 'build', images: imagesOf(delivery, stage, build, this.tagOf), ...sourceOf(delivery, stage, build) }
          : { kind: 'environment', environment: upstream.environment },
      resolveDigest: (reference) => Promise.resolve(digestOf(reference)),
      healthOf: () => Promise.resolve({ health: 'Healthy' }),
      sources: { relate: (a, b) => Promise.resolve(this.relate(a, b)) },
    });
    if (!isLeft) await this.landed(written);
  }

  /** As a promoter does to whom the program leaves a branch: the versions in the files, and nothing else. */
  private async movedByAnother(stage: Stage, build: Build): Promise<void> {
    const { delivery, repository } = this.context;
    const images = Object.values(imagesOf(delivery, stage, build, this.tagOf));
    await pushFiles(
      repository.gitDir,
      unitOf(delivery, named(stage)).branch,
      { name: 'kargo', email: 'kargo@acme.example' },
      (files) =>
        new Map(
          [...files]
            .filter(([path]) => path.startsWith('manifests/'))
            .map(([path, text]) => [path, images.reduce(withImage, text)]),
        ),
      `Version ${build.number}\n\n${images.map((image) => `Source-Commit: ${build.commit} (${image})\n`).join('')}`,
      this.now,
    );
    await repository.refresh();
  }

  private async wentBack(stage: Stage): Promise<void> {
    this.pass(3);
    await this.landed(await rollback(this.context, { ...named(stage), reason: 'the list of orders stays empty' }));
    this.pass(14);
    await this.landed(await unhold(this.context, named(stage)));
  }

  /** Merges what was only proposed. */
  private async landed({ pullRequest }: Pick<Written, 'pullRequest'>): Promise<void> {
    if (pullRequest !== undefined) this.context.pullRequests.merge(pullRequest.number);
    await this.context.repository.refresh();
  }

  private relate(a: string, b: string): 'same' | 'newer' | 'older' {
    if (a === b || a.startsWith('refs/')) return 'same';
    // What a first release was built from is older than all of them.
    return this.commits.indexOf(a) > this.commits.indexOf(b) ? 'newer' : 'older';
  }

  private async committed(at: number): Promise<string> {
    const parent = this.commits.at(-1);
    const commit = await writeCommit(this.source, {
      ...(parent === undefined ? {} : { parent }),
      changes: new Map([['changes', { kind: 'write', text: `${this.commits.length + 1}\n` }]]),
      message: `Change ${this.commits.length + 1}\n`,
      author: { name: 'Ann', email: 'ann@acme.example' },
      at: new Date(at),
    });
    this.commits.push(commit);
    return commit;
  }
}

const named = ({ environment, application }: Stage): Pick<Stage, 'environment' | 'application'> => ({
  environment,
  application,
});

/** The commit that a build names; what is tagged with a version of its own, as a chart, is brought in by that alone. */
const sourceOf = ({ artifacts, supplies }: Delivery, { intake }: Stage, { commit }: Build) =>
  intake.from === 'supply' &&
  supplies
    .filter(({ name }) => intake.supplies.includes(name))
    .every((supply) =>
      supply.artifacts.every((it) => artifacts.some(({ name, kind }) => name === it && kind === 'chart')),
    )
    ? {}
    : { sourceCommit: commit };

/** A file with another version of an image. */
function withImage(text: string, image: string): string {
  const [, repository = '', tag = ''] = /^(.*):([^:]*)$/.exec(image) ?? [];
  return text.replaceAll(new RegExp(`(?<=image: ["']?)${repository}:[^\\s"']+`, 'g'), `${repository}:${tag}`);
}
