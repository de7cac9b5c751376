import { environmentOf } from '../../model/delivery.ts';
import { nameOf, stagesOf, typed, unitOf, type Unit, type UnitName } from '../../model/derived/units.ts';
import { completeBranch, renderBranch } from '../branch/branch-files.ts';
import type { BranchState } from '../branch/branch-state.ts';
import { readToWrite, type LostBranch } from '../branch/lost-branch.ts';
import { releaseElsewhere } from '../branch/release-elsewhere.ts';
import { changeBy, type OpsContext } from '../ops-context.ts';
import {
  programRecord,
  refuseOlderProgram,
  refuseUnmerged,
  type ProgramAllowances,
} from '../program/refuse-program.ts';
import { withFirstVersions } from '../release/application-releases.ts';
import { recordedId, wholeRelease, type ReleaseRecord, type StateReference } from '../release/release-record.ts';
import { unitNamed } from '../unit-named.ts';
import { carryOut } from '../write/carry-out.ts';
import type { Attempt } from '../write/land.ts';
import { routeOf, type RouteOptions } from '../write/route.ts';
import { recordBefore, rendersTheSame, stateBefore } from '../write/starting-point.ts';
import { writeFiles, type WriteAllowances } from '../write/write-files.ts';
import type { Prepared, Written } from '../written/written.ts';
import { initialApplications } from './initial-applications.ts';
import { leavingApplications } from './leaving-applications.ts';
import { refuseHeld } from './refuse-held.ts';

/** What to publish, and what a person allows. Without an application it is the environment, or what its applications share. */
export interface PublishOptions
  extends UnitName, ProgramAllowances, WriteAllowances, Pick<RouteOptions, 'pullRequest'> {
  /**
   * Whether an artifact that the release has no version of starts at the one that the program's first release names, for a rehearsal.
   * Its image may not be there yet. @default false: it is refused until a promotion brings one
   */
  readonly firstVersions?: boolean;
}

/** What a publish did. */
export type PublishResult = Written;

/**
 * Renders the current release of a unit with this program and puts it onto the unit's branch: whole or not
 * at all, and without a commit when nothing changes. On a gated branch it opens a pull request.
 *
 * @throws OpsError with every reason why it did not
 */
export async function publish(context: OpsContext, options: PublishOptions): Promise<PublishResult> {
  const unit = unitToPublish(context, options);
  return carryOut(context, {
    unit,
    route: routeOf(context, unit, options),
    proposalName: () => 'publish',
    decide: (tip) => decide(context, options, unit, tip),
  });
}

async function decide(
  context: OpsContext,
  options: PublishOptions,
  unit: Unit,
  tip: string | undefined,
): Promise<Attempt<Prepared>> {
  const { repository, delivery, program } = context;
  const environment = environmentOf(delivery, unit.environment);
  const failed = `${nameOf(unit)} was not published`;
  context.onStep?.({ name: 'read', environment: environment.name });
  const state = await readToWrite(repository, delivery, unit, tip, options);
  const { before, follows, hasMoved } = await startingFrom(context, unit, state, recordBefore(state, failed, options));
  const leaving = await leavingApplications(context, unit, before);
  const recorded =
    leaving === undefined
      ? (before?.applications ??
        initialApplications(
          delivery,
          unit,
          failed,
          state.kind === 'lost' ? 'no state of the branch can be believed' : undefined,
        ))
      : {};
  const applications =
    options.firstVersions === true ? withFirstVersions(delivery, environment, unit, recorded) : recorded;

  context.onStep?.({ name: 'render', environment: environment.name });
  const content = await renderBranch(context, unit, wholeRelease(applications));
  const record: ReleaseRecord = {
    environment: environment.name,
    applications,
    program: programRecord(program),
    origin: leaving === undefined ? (before?.origin ?? { kind: 'initial' }) : { kind: 'initial' },
    change: changeBy(context, unit, 'publish', follows),
    // Those of an application go where it goes.
    holds: leaving === undefined ? (before?.holds ?? []) : [],
  };
  const isRendered = !hasMoved && rendersTheSame(delivery.name, state, content);
  const waits = !isRendered && before !== undefined && waitsForTag(context, options, unit);
  const attempt = await writeFiles(context, {
    unit,
    state,
    next: completeBranch(delivery.name, content, record),
    ...(leaving === undefined ? {} : { elsewhere: leaving.indexes }),
    record,
    subject: `Publish ${nameOf(unit)}: ${recordedId(record)}`,
    failed,
    isUnchanged: isRendered || waits,
    refuse: async () => [
      ...(await refuseUnmerged(program, repository.isLocal, options)),
      ...(before === undefined ? [] : await refuseOlderProgram(program, before.program, options)),
      ...refuseHeld(unit, leaving === undefined ? (before?.holds ?? []) : []),
      ...(leaving?.refusals ?? []),
      ...(waits
        ? [{ code: 'gated' as const, what: WAITING, next: `npx portolan promote ${typed(unit)} --git-tag TAG` }]
        : []),
    ],
    allowances: options,
  });
  if (!waits) return attempt;
  const nothing = { added: [], changed: [], removed: [], removals: [], notices: [WAITING] };
  return { ...attempt, result: { ...attempt.result, ...nothing } };
}

/** What is published: one application, or what has no application of its own. */
const unitToPublish = ({ delivery }: OpsContext, options: UnitName): Unit =>
  options.application === undefined
    ? unitOf(delivery, { environment: options.environment })
    : unitNamed(delivery, options, 'was not published');

/** What a publish goes on from: the unit's own record, or that of the branch where its release still lies. */
async function startingFrom(
  context: OpsContext,
  unit: Unit,
  state: BranchState | LostBranch,
  own: ReleaseRecord | undefined,
): Promise<{
  readonly before: ReleaseRecord | undefined;
  readonly follows: StateReference | undefined;
  /** Whether the release comes from another branch, and is not what this one has on record. */
  readonly hasMoved: boolean;
}> {
  const elsewhere = await releaseElsewhere(context, unit, state);
  if (elsewhere === undefined) return { before: own, follows: stateBefore(state), hasMoved: false };
  const textOf = ({ applications, origin, holds }: ReleaseRecord): string =>
    JSON.stringify([applications, origin, holds]);
  return {
    before: elsewhere.record,
    follows: stateBefore(elsewhere.state),
    hasMoved: own === undefined || textOf(own) !== textOf(elsewhere.record),
  };
}

const WAITING = 'what this program changes gets in with the next tag, because the gate is one';

/** Whether only a tag changes what is there. A rehearsal on this disk has nobody who could make one. */
const waitsForTag = ({ delivery }: OpsContext, { firstVersions }: PublishOptions, unit: Unit): boolean =>
  firstVersions !== true && stagesOf(delivery, unit).some(({ gate }) => gate.kind === 'humanTag');
