import { createHash } from 'node:crypto';
import { nameOf, typed, type Unit, type UnitName } from '../../model/derived/units.ts';
import { changesTo } from '../branch/branch-difference.ts';
import { recordFiles } from '../branch/branch-files.ts';
import { whatIsLost } from '../branch/what-is-lost.ts';
import { readBranch } from '../branch/branch-state.ts';
import { releaseElsewhere } from '../branch/release-elsewhere.ts';
import { writeCommit } from '../git/write-commit.ts';
import { changeBy, clockTime, type OpsContext } from '../ops-context.ts';
import { OpsError } from '../ops-error.ts';
import { recordedId, type Change, type Hold, type ReleaseRecord } from '../release/release-record.ts';
import { carryOut } from '../write/carry-out.ts';
import { commitMessage } from '../write/commit-message.ts';
import type { Attempt } from '../write/land.ts';
import { routeOf, type RouteOptions } from '../write/route.ts';
import { recordBefore, stateBefore } from '../write/starting-point.ts';
import type { WriteAllowances } from '../write/write-files.ts';
import type { Prepared, Written } from '../written/written.ts';
import { writerOf } from '../git/writer.ts';
import { unitNamed } from '../unit-named.ts';

/** Whether `release.yaml` and `index.json` go on from what nobody edited. @default false */
type Discarding = Pick<WriteAllowances, 'discardEdits'>;

/** What to hold, and why. */
export interface HoldOptions extends RouteOptions, Discarding, UnitName {
  /** One line. */
  readonly reason: string;
}

/** What to let go. */
export interface UnholdOptions extends RouteOptions, Discarding, UnitName {}

/**
 * Keeps automation from an environment until it is let go or a person promotes something newer. Holding it twice for the
 * same reason changes nothing.
 *
 * @throws OpsError when there is nothing to hold, or the branch cannot be written
 */
export async function hold(context: OpsContext, options: HoldOptions): Promise<Written> {
  const reason = options.reason.trim();
  const failed = `${nameOf(options)} was not held`;
  if (reason === '' || reason.length > 500 || /\p{Cc}/u.test(reason))
    throw new OpsError(failed, [
      { code: 'wrong-input', what: 'a hold needs a reason of one line', next: 'write --reason TEXT' },
    ]);
  const isHeld = ({ holds }: ReleaseRecord): boolean =>
    holds.some((it) => it.kind === 'manual' && it.reason === reason && it.by === context.requester.actor);
  const added: Hold = { kind: 'manual', reason, by: context.requester.actor, since: clockTime(context) };
  return changeHolds(context, options, {
    kind: 'hold',
    failed: 'was not held',
    subject: `Hold ${nameOf(options)}: ${reason}`,
    change: (record) => (isHeld(record) ? record.holds : [...record.holds, added]),
  });
}

/**
 * Ends every hold of an environment.
 *
 * @throws OpsError when the branch cannot be written
 */
export async function unhold(context: OpsContext, options: UnholdOptions): Promise<Written> {
  return changeHolds(context, options, {
    kind: 'unhold',
    failed: 'was not let go',
    subject: `Let ${nameOf(options)} go`,
    change: () => [],
  });
}

interface HoldChange {
  readonly kind: 'hold' | 'unhold';
  readonly subject: string;
  /** What does not happen when it is refused, e.g. `was not held`. */
  readonly failed: string;
  readonly change: (record: ReleaseRecord) => readonly Hold[];
}

async function changeHolds(
  context: OpsContext,
  options: RouteOptions & Discarding & UnitName,
  holdChange: HoldChange,
): Promise<Written> {
  const unit = await whereItLies(context, unitNamed(context.delivery, options, holdChange.failed));
  return carryOut<Prepared>(context, {
    unit,
    route: routeOf(context, unit, options),
    proposalName: ({ holds }) => proposalNameOf(holdChange.kind, context.requester.actor, holds),
    decide: (tip) => decide(context, unit, options, holdChange, tip),
  });
}

/** The unit whose branch has the release: until it moved, what holds it is on record where it was. */
async function whereItLies({ repository, delivery }: OpsContext, unit: Unit): Promise<Unit> {
  const own = await readBranch(repository, delivery, unit, await repository.tip(unit.branch));
  return (await releaseElsewhere({ repository, delivery }, unit, own))?.unit ?? unit;
}

/** Two reasons are two pull requests: one of the same name would take the other's reason away. */
function proposalNameOf(kind: HoldChange['kind'], actor: string, holds: readonly Hold[]): string {
  const reason = kind === 'hold' ? holds.at(-1)?.reason : undefined;
  const hash = reason === undefined ? '' : `-${createHash('sha256').update(reason).digest('hex').slice(0, 8)}`;
  return `${kind}-${actor}${hash}`;
}

/** Writes release.yaml and index.json alone; edits of other files stay visible. */
async function decide(
  context: OpsContext,
  unit: Unit,
  { emergency, discardEdits = false }: RouteOptions & Discarding,
  { kind, subject, failed, change }: HoldChange,
  tip: string | undefined,
): Promise<Attempt<Prepared>> {
  const { repository, delivery } = context;
  const { environment, application, branch } = unit;
  const notDone = `${nameOf(unit)} ${failed}`;
  context.onStep?.({ name: 'read', environment });
  const state = await readBranch(repository, delivery, unit, tip);
  if (state.kind !== 'ours')
    throw new OpsError(notDone, [
      { code: 'no-branch', what: `nothing runs in ${environment} yet`, next: `npx portolan publish ${typed(unit)}` },
    ]);
  const before = recordBefore(state, notDone, { discardEdits }) ?? state.record;
  const holds = change(before);
  const release = recordedId(state.record);
  const prepared = {
    environment,
    ...(application === undefined ? {} : { application }),
    branch,
    previous: state.tip,
    release,
    previousRelease: release,
    added: [],
    changed: [],
    removed: [],
    removals: [],
    foreign: [],
    replaced: [],
    discarded: state.damage?.edits ?? [],
    notices: whatIsLost(state),
    steps: [],
  };
  const isWhole = state.damage === undefined;
  if (isWhole && (holds === state.record.holds || (holds.length === 0 && state.record.holds.length === 0)))
    return { kind: 'nothing', result: { ...prepared, outcome: 'unchanged', commit: state.tip } };

  const by: Change = {
    ...changeBy(context, unit, kind, stateBefore(state)),
    ...(emergency === undefined ? {} : { emergency }),
  };
  const record: ReleaseRecord = { ...state.record, change: by, holds };
  context.onStep?.({ name: 'write', environment });
  const files = recordFiles(state.index, record);
  const changes = new Map([...changesTo(state, files)].filter(([path]) => files.has(path)));
  const commit = await writeCommit(repository.gitDir, {
    parent: state.tip,
    changes,
    message: commitMessage(subject, record),
    author: writerOf(delivery, unit),
    at: context.clock(),
  });
  return { kind: 'commit', commit, record, subject, result: { ...prepared, outcome: 'updated', commit } };
}
