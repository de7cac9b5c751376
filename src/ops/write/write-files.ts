import { isAppliedFrom } from '../branch/applied-from.ts';
import type { Delivery } from '../../model/delivery.ts';
import { typed, type Unit } from '../../model/derived/units.ts';
import { bootstrapNotices, orderOf, refuseBranchFirst } from '../branch/bootstrap-notices.ts';
import { changesTo, differenceOf } from '../branch/branch-difference.ts';
import type { BranchFiles } from '../branch/branch-files.ts';
import type { BranchState } from '../branch/branch-state.ts';
import { editsOf } from '../branch/find-edits.ts';
import { whatIsLost } from '../branch/what-is-lost.ts';
import type { LostBranch } from '../branch/lost-branch.ts';
import { refuseEdits, refuseInTheWay } from '../branch/refuse-edits.ts';
import { refuseRemovals, removalsOf } from '../branch/removals.ts';
import { writeCommit } from '../git/write-commit.ts';
import type { OpsContext } from '../ops-context.ts';
import { OpsError, type Refusal } from '../ops-error.ts';
import { recordedId, type ReleaseRecord } from '../release/release-record.ts';
import type { BranchIndex } from '../release/branch-index.ts';
import { commitMessage } from './commit-message.ts';
import type { Attempt } from './land.ts';
import { writerOf } from '../git/writer.ts';
import type { Prepared } from '../written/written.ts';

/** What a person allows a write to do to the files that are there. */
export interface WriteAllowances {
  /** Whether edits by hand are overwritten. @default false */
  readonly discardEdits?: boolean;
  /** Objects that hold data and may be removed, by name or `Kind/name`; the environment's name allows to remove many. @default - none */
  readonly allowRemoval?: readonly string[];
  /** Whether a person says that the cluster has the new `bootstrap/` already. @default false */
  readonly bootstrapApplied?: boolean;
}

/** A state of a branch that is to become another. */
export interface FilesWrite {
  readonly unit: Unit;
  readonly state: BranchState | LostBranch;
  readonly next: BranchFiles;
  /** Indexes of other branches that what leaves this one lies on. @default - what leaves it is gone */
  readonly elsewhere?: readonly BranchIndex[];
  readonly record: ReleaseRecord;
  /** Subject of the commit. */
  readonly subject: string;
  /** What did not happen when it is refused, e.g. `dev was not published`. */
  readonly failed: string;
  /** Whether the state as it is says what is wanted, apart from edits by hand. */
  readonly isUnchanged: boolean;
  /** Whether the files are those of an earlier state, which no program here renders. @default false */
  readonly isRestored?: boolean;
  /** Reasons of the operation itself; asked only when something would change. */
  readonly refuse: () => Promise<readonly Refusal[]>;
  readonly allowances: WriteAllowances;
}

/**
 * Makes the commit that turns a branch into the wanted files, unless something speaks against it. No branch is moved.
 *
 * @throws OpsError with every reason at once
 */
export async function writeFiles(context: OpsContext, write: FilesWrite): Promise<Attempt<Prepared>> {
  const { repository, delivery } = context;
  const { unit, state, next, record, allowances } = write;
  const { environment, application, branch } = unit;
  const difference = differenceOf(state, next.files);
  const removals = removalsOf(state, next.index, write.elsewhere);
  const edits = state.kind === 'ours' ? await editsOf(repository, state, next.files) : [];
  const previous = state.kind === 'absent' ? undefined : state.tip;
  const { inTheWay, ...files } = difference;
  const prepared = {
    environment,
    ...(application === undefined ? {} : { application }),
    branch,
    ...(previous === undefined ? {} : { previous }),
    release: recordedId(record),
    ...(state.kind === 'ours' ? { previousRelease: recordedId(state.record) } : {}),
    ...files,
    removals,
  };
  if (state.kind === 'ours' && edits.length === 0 && write.isUnchanged) {
    return {
      kind: 'nothing',
      result: { ...prepared, outcome: 'unchanged', commit: state.tip, discarded: [], notices: [], steps: [] },
    };
  }

  const transition = { unit, state, next, difference, isRestored: write.isRestored ?? false };
  const order = await orderOf(repository, transition);
  const [first, ...others]: readonly Refusal[] = [
    ...(await write.refuse()),
    ...(allowances.discardEdits === true ? [] : [...refuseEdits(edits), ...refuseInTheWay(inTheWay)]),
    ...refuseRemovals(unit, state, removals, allowances.allowRemoval ?? []),
    ...(allowances.bootstrapApplied === true ? [] : await refuseBranchFirst(context, transition, order)),
  ];
  if (first !== undefined) throw new OpsError(write.failed, [first, ...others]);

  context.onStep?.({ name: 'write', environment });
  const commit = await writeCommit(repository.gitDir, {
    ...(previous === undefined ? {} : { parent: previous }),
    changes: changesTo(state, next.files),
    message: commitMessage(write.subject, record),
    author: writerOf(delivery, unit),
    at: context.clock(),
  });
  const outcome = state.kind === 'ours' || state.kind === 'lost' ? 'updated' : 'created';
  const steps = bootstrapNotices(context, transition, order);
  return {
    kind: 'commit',
    commit,
    record,
    subject: write.subject,
    result: {
      ...prepared,
      outcome,
      commit,
      discarded: state.kind === 'lost' ? state.edits : edits,
      notices: [...whatIsLost(state), ...foreignInUse(delivery, unit, files.foreign), ...steps],
      steps,
    },
  };
}

/** What stays on the branch, is not ours, and gets into the cluster all the same. */
const foreignInUse = (delivery: Delivery, unit: Unit, foreign: readonly string[]): readonly string[] =>
  foreign
    .filter((path) => isAppliedFrom(delivery, unit, path))
    .map(
      (path) =>
        `${path} is not of this program, and the cluster gets it: "npx portolan verify ${typed(unit)}" fails until it is gone`,
    );
