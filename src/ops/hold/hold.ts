import { createHash } from 'node:crypto';
import { environmentOf } from '../../model/delivery.ts';
import { environmentBranch } from '../../model/names.ts';
import { releaseId } from '../../model/release.ts';
import { changesTo } from '../branch/branch-difference.ts';
import { recordFiles } from '../branch/branch-files.ts';
import { whatIsLost } from '../branch/what-is-lost.ts';
import { readBranch } from '../branch/branch-state.ts';
import { writeCommit } from '../git/write-commit.ts';
import { changeBy, clockTime, type OpsContext } from '../ops-context.ts';
import { OpsError } from '../ops-error.ts';
import { wholeRelease, type Change, type Hold, type ReleaseRecord } from '../release/release-record.ts';
import { carryOut } from '../write/carry-out.ts';
import { commitMessage } from '../write/commit-message.ts';
import type { Attempt } from '../write/land.ts';
import { routeOf, type RouteOptions } from '../write/route.ts';
import { recordBefore, stateBefore } from '../write/starting-point.ts';
import type { WriteAllowances } from '../write/write-files.ts';
import type { Prepared, Written } from '../written/written.ts';
import { writerOf } from '../git/writer.ts';

/** Whether `release.yaml` and `index.json` go on from what nobody edited. @default false */
type Discarding = Pick<WriteAllowances, 'discardEdits'>;

/** What to hold, and why. */
export interface HoldOptions extends RouteOptions, Discarding {
  readonly environment: string;
  /** One line. */
  readonly reason: string;
}

/** What to let go. */
export interface UnholdOptions extends RouteOptions, Discarding {
  readonly environment: string;
}

/**
 * Keeps automation from an environment until it is let go or a person promotes something newer. Holding it twice for the
 * same reason changes nothing.
 *
 * @throws OpsError when there is nothing to hold, or the branch cannot be written
 */
export async function hold(context: OpsContext, options: HoldOptions): Promise<Written> {
  const reason = options.reason.trim();
  const failed = `${options.environment} was not held`;
  if (reason === '' || reason.length > 500 || /\p{Cc}/u.test(reason))
    throw new OpsError(failed, [
      { code: 'wrong-input', what: 'a hold needs a reason of one line', next: 'write --reason TEXT' },
    ]);
  const isHeld = ({ holds }: ReleaseRecord): boolean =>
    holds.some((it) => it.kind === 'manual' && it.reason === reason && it.by === context.requester.actor);
  const added: Hold = { kind: 'manual', reason, by: context.requester.actor, since: clockTime(context) };
  return changeHolds(context, options, {
    kind: 'hold',
    failed,
    subject: `Hold ${options.environment}: ${reason}`,
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
    failed: `${options.environment} was not let go`,
    subject: `Let ${options.environment} go`,
    change: () => [],
  });
}

interface HoldChange {
  readonly kind: 'hold' | 'unhold';
  readonly subject: string;
  readonly failed: string;
  readonly change: (record: ReleaseRecord) => readonly Hold[];
}

async function changeHolds(
  context: OpsContext,
  options: RouteOptions & Discarding & { readonly environment: string },
  holdChange: HoldChange,
): Promise<Written> {
  const { name } = environmentOf(context.delivery, options.environment);
  return carryOut<Prepared>(context, {
    environment: name,
    route: routeOf(context, name, options),
    proposalName: ({ holds }) => nameOf(holdChange.kind, context.requester.actor, holds),
    decide: (tip) => decide(context, name, options, holdChange, tip),
  });
}

/** Two reasons are two pull requests: one of the same name would take the other's reason away. */
function nameOf(kind: HoldChange['kind'], actor: string, holds: readonly Hold[]): string {
  const reason = kind === 'hold' ? holds.at(-1)?.reason : undefined;
  const hash = reason === undefined ? '' : `-${createHash('sha256').update(reason).digest('hex').slice(0, 8)}`;
  return `${kind}-${actor}${hash}`;
}

/** Writes release.yaml and index.json alone; edits of other files stay visible. */
async function decide(
  context: OpsContext,
  name: string,
  { emergency, discardEdits = false }: RouteOptions & Discarding,
  { kind, subject, failed, change }: HoldChange,
  tip: string | undefined,
): Promise<Attempt<Prepared>> {
  const { repository, delivery } = context;
  context.onStep?.({ name: 'read', environment: name });
  const state = await readBranch(repository, delivery, name, tip);
  if (state.kind !== 'ours')
    throw new OpsError(failed, [
      { code: 'no-branch', what: `nothing runs in ${name} yet`, next: `npx portolan publish ${name}` },
    ]);
  const before = recordBefore(state, failed, { discardEdits }) ?? state.record;
  const holds = change(before);
  const release = releaseId(wholeRelease(state.record.applications));
  const prepared = {
    environment: name,
    branch: environmentBranch(name),
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
    ...changeBy(context, kind, stateBefore(state)),
    ...(emergency === undefined ? {} : { emergency }),
  };
  const record: ReleaseRecord = { ...state.record, change: by, holds };
  context.onStep?.({ name: 'write', environment: name });
  const files = recordFiles(state.index, record);
  const changes = new Map([...changesTo(state, files)].filter(([path]) => files.has(path)));
  const commit = await writeCommit(repository.gitDir, {
    parent: state.tip,
    changes,
    message: commitMessage(subject, record),
    author: writerOf(delivery, name),
    at: context.clock(),
  });
  return { kind: 'commit', commit, record, subject, result: { ...prepared, outcome: 'updated', commit } };
}
