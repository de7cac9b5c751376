import type { KubernetesObject } from '../model/application.ts';
import type { Delivery } from '../model/delivery.ts';
import type { Unit, UnitName } from '../model/derived/units.ts';
import type { Release } from '../model/release.ts';
import type { Stage } from '../model/stage.ts';
import type { PromoterPlugin } from '../promoters/promoter.ts';
import type { RenderedEnvironment } from '../render/rendered-environment.ts';
import type { Tools } from '../render/tools.ts';
import type { Program } from './program/program.ts';
import type { Change, StateReference, WrittenChange } from './release/release-record.ts';
import type { OpsRepository } from './repository/ops-repository.ts';
import type { InTurn } from './in-turn.ts';
import type { DescribeProposal } from './written/proposal-text.ts';
import type { PullRequests } from '../hosts/pull-requests.ts';

/** Who asks for a change of the ops repository. */
export interface Requester {
  /** Name that people know, e.g. a user name. */
  readonly actor: string;
  /** Whether no person decided it, e.g. a run that a push started. @default false */
  readonly automatic?: boolean;
  /** URL of the run. @default - not a run */
  readonly run?: string;
}

/** A step of an operation, for whoever shows progress. */
export interface OpsStep {
  readonly name: 'fetch' | 'read' | 'render' | 'write' | 'land' | 'landed' | 'retry';
  readonly environment: string;
}

/** What every operation on the ops repository works with. Nothing else comes from outside. */
export interface OpsContext {
  readonly repository: OpsRepository;
  readonly delivery: Delivery;
  /** Renders what a unit's branch holds, with its release. */
  readonly render: (unit: Unit, release: Release) => RenderedEnvironment | Promise<RenderedEnvironment>;
  /** Further files of a unit's branch, e.g. its workflows. @default - none */
  readonly extraFiles?: (unit: Unit) => ReadonlyMap<string, string>;
  /** Who moves a stage's branch. @default - as the table of promoters has it */
  readonly promoterOf?: (stage: Stage) => Pick<PromoterPlugin, 'title' | 'moves'> | undefined;
  /** What builders and promoters need in a cluster. @default - as their tables have it */
  readonly tools?: Tools;
  readonly program: Program;
  readonly requester: Requester;
  readonly clock: () => Date;
  /** Pull requests of the ops repository, for gated environments. @default - the host has none */
  readonly pullRequests?: PullRequests;
  /** Writes the text of a pull request. @default - a list of the files that change */
  readonly describeProposal?: DescribeProposal;
  /**
   * The objects of `bootstrap/` as the environment's cluster has them; nothing when it is not in reach. Asked only before a commit that would
   * take something away from what runs. @default - no cluster is asked
   */
  readonly liveBootstrap?: (environment: string) => Promise<readonly KubernetesObject[] | undefined>;
  /**
   * Which commits hold, of a unit, exactly what this program renders for it, as far as that was found out before; for whoever shows it. What
   * judges or writes renders anew. @default - nothing is known
   */
  readonly asRendered?: {
    readonly isKnown: (unit: Unit, commit: string) => boolean;
    readonly learn: (unit: Unit, commit: string) => void;
  };
  /** Lets writers of one branch write one after the other, as far as they know of each other. @default - each writes at once */
  readonly inTurn?: InTurn;
  /** How often a write is decided again when others were first. @default 30 */
  readonly retries?: number;
  /** Called before each step. @default - nobody is told */
  readonly onStep?: (step: OpsStep) => void;
}

/** A moment as `release.yaml` writes it: in UTC, to the second. */
export const recordedTime = (moment: Date): string => moment.toISOString().replace(/\.\d+Z$/, 'Z');

/** The clock's time as `release.yaml` writes it. */
export const clockTime = (context: Pick<OpsContext, 'clock'>): string => recordedTime(context.clock());

/** What a commit made by this context's requester, now, is on record as. */
export const changeBy = (
  context: OpsContext,
  { application }: UnitName,
  kind: WrittenChange,
  follows?: StateReference,
): Change => ({
  kind,
  ...(application === undefined ? {} : { application }),
  by: context.requester.actor,
  ...(context.requester.automatic === true ? { automatic: true } : {}),
  ...(context.requester.run === undefined ? {} : { run: context.requester.run }),
  at: clockTime(context),
  ...(follows === undefined ? {} : { follows }),
});
