import type { Delivery } from '../../src/model/delivery.ts';
import type { Unit } from '../../src/model/derived/units.ts';
import type { Stage } from '../../src/model/stage.ts';
import { readPublished } from '../../src/ops/branch/published-objects.ts';
import { historyLine } from '../../src/ops/history/history-line.ts';
import { readHistory } from '../../src/ops/history/read-history.ts';
import type { OpsContext } from '../../src/ops/ops-context.ts';
import { promote, type PromoteOptions } from '../../src/ops/promote/promote.ts';
import { publish } from '../../src/ops/publish/publish.ts';
import { openLocalRepository } from '../../src/ops/repository/local-repository.ts';
import { readStatus } from '../../src/ops/status/read-status.ts';
import { environmentBranch } from '../../src/model/names.ts';
import { takesPullRequestsOnly } from '../../src/ops/write/route.ts';
import type { Written } from '../../src/ops/written/written.ts';
import { branchWorkflows } from '../../src/workflows/lacking-credentials.ts';
import { FakePullRequests } from '../ops/support/fake-pull-requests.ts';
import { digestOf, program } from '../ops/support/fake-ops.ts';
import { bareRepository, commitByHand } from '../support/git.ts';
import { findingsIn, rendered } from './rendered-system.ts';

/** A commit of the source that everything in these tests is built from; newer than the first releases. */
const builtFrom = 'a1'.padEnd(40, '0');

/** What is promoted: a build for each stage that takes from a supply, and the tag for each that only a tag starts. */
export interface Course {
  /** Image tags by artifact, by stage. */
  readonly builds: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly gitTags?: Readonly<Record<string, string>>;
}

/** A system on its way: its ops repository on a host that keeps pull requests, and what happened so far. */
export class DeliveredSystem {
  private constructor(
    readonly context: OpsContext & { readonly pullRequests: FakePullRequests },
    private readonly course: Course,
  ) {}

  /** A bare ops repository with the first commit of each branch, as a host and its stacks have made it. */
  static async at(delivery: Delivery, course: Course): Promise<DeliveredSystem> {
    const bare = bareRepository();
    for (const { name } of delivery.environments)
      commitByHand(bare, environmentBranch(name), { 'README.md': '# first\n' });
    const repository = await openLocalRepository({ path: bare });
    const context = {
      repository,
      delivery,
      render: async (unit: Unit, release: Parameters<OpsContext['render']>[1]) => {
        const rendering = rendered(delivery, unit.environment, release);
        const published = await readPublished({ repository, delivery }, unit);
        const found = findingsIn(
          delivery,
          rendering,
          published?.objects({ rendered: rendering, leaveOutUnreadable: true }).map(({ object }) => object),
        );
        if (found.length > 0) throw new Error(found.join('\n'));
        return rendering;
      },
      extraFiles: (unit: Unit) => branchWorkflows(delivery, unit, false),
      program: program(),
      requester: { actor: 'alice' },
      clock: () => new Date('2026-01-31T12:00:00Z'),
      pullRequests: new FakePullRequests(bare),
    };
    return new DeliveredSystem(context, course);
  }

  /** Publishes every environment, and merges what was only proposed. What happened, one line each. */
  async publishAll(): Promise<readonly string[]> {
    const lines: string[] = [];
    for (const { name } of this.context.delivery.environments)
      lines.push(await this.landed(await publish(this.context, { environment: name })));
    return lines;
  }

  /** Promotes one release from the builds through every stage, in the order of the course. What happened, one line each. */
  async promoteThrough(): Promise<readonly string[]> {
    const lines: string[] = [];
    for (const stage of this.context.delivery.stages)
      for (const images of stage.intake.from === 'stages' ? [{}] : this.buildsOf(stage))
        lines.push(await this.landed(await promote(this.context, this.promotionTo(stage, images))));
    return lines;
  }

  private promotionTo(stage: Stage, images: Readonly<Record<string, string>>): PromoteOptions {
    const gitTag = this.course.gitTags?.[stage.name];
    return {
      environment: stage.environment,
      application: stage.application,
      ...(gitTag === undefined ? {} : { gitTag }),
      source:
        stage.intake.from !== 'stages'
          ? { kind: 'build', images, sourceCommit: builtFrom }
          : { kind: 'environment', environment: stage.intake.stages[0] ?? '' },
      resolveDigest: (reference) => Promise.resolve(digestOf(reference)),
      healthOf: () => Promise.resolve({ health: 'Healthy' }),
      // Whatever was tagged was tagged on the commit that was built, and is newer than what a first release was built from.
      sources: {
        relate: (a, b) =>
          Promise.resolve(a === b || a.startsWith('refs/') ? 'same' : a === builtFrom ? 'newer' : 'older'),
      },
    };
  }

  /** The images of a stage, together as their sources build them. */
  private buildsOf(stage: Stage): readonly Readonly<Record<string, string>>[] {
    const { artifacts, supplies } = this.context.delivery;
    const builds = new Map<string | undefined, Record<string, string>>();
    for (const [name, tag] of Object.entries(this.course.builds[stage.name] ?? {})) {
      const source = supplies.find((supply) => supply.artifacts.includes(name))?.source;
      const repository = artifacts.find((artifact) => artifact.name === name)?.repository ?? '';
      builds.set(source, { ...builds.get(source), [name]: `${repository}:${tag}` });
    }
    return [...builds.values()];
  }

  /** Merges what a write proposed, as a person would who approves it. */
  private async landed({ outcome, pullRequest, release, ...unit }: Written): Promise<string> {
    if (pullRequest !== undefined) this.context.pullRequests.merge(pullRequest.number);
    await this.context.repository.refresh();
    const gated = takesPullRequestsOnly(this.context, unit) ? 'gated ' : '';
    return `${gated}${unit.environment}: ${outcome} ${release}`;
  }

  /** What `status` and `history` say of each environment, one line each. */
  async told(): Promise<readonly string[]> {
    const { delivery, repository } = this.context;
    const statuses = await readStatus(this.context, delivery.environments);
    return Promise.all(
      statuses.map(async ({ environment, published, waiting, pullRequests = [], unreadable }) => {
        if (published === undefined) return `${environment}: ${unreadable ?? 'nothing is published'}`;
        const { release, edits, strays, rendering } = published;
        const { entries } = await readHistory(repository, published.commit);
        const changes = entries.map((entry) => historyLine(entry).change).reverse();
        const wrong = [
          ...edits.map(({ path }) => `edited ${path}`),
          ...strays.map((path) => `stray ${path}`),
          ...('differing' in rendering ? rendering.differing : [rendering.impossible]),
          ...waiting.map((it) => `${it.release} waits in ${it.environment}`),
          ...pullRequests.map(({ head }) => `open ${head}`),
        ];
        return [`${environment}: ${release} by ${changes.join(', ')}`, ...wrong].join('; ');
      }),
    );
  }
}
