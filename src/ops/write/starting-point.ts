import { changesTo } from '../branch/branch-difference.ts';
import { completeBranch, type BranchContent } from '../branch/branch-files.ts';
import type { BranchState, OwnBranch } from '../branch/branch-state.ts';
import type { LostBranch } from '../branch/lost-branch.ts';
import { describeEdits } from '../branch/refuse-edits.ts';
import { OpsError } from '../ops-error.ts';
import { recordedId, type ReleaseRecord, type StateReference } from '../release/release-record.ts';
import type { WriteAllowances } from './write-files.ts';

/**
 * The record that a write goes on from: that of the branch, or, when edits are discarded, the newest that nobody edited.
 *
 * @param failed - what does not happen otherwise, e.g. `dev was not published`
 * @throws OpsError when `release.yaml` or `index.json` was edited by hand, with the line
 */
export function recordBefore(
  state: BranchState | LostBranch,
  failed: string,
  { discardEdits }: WriteAllowances = {},
): ReleaseRecord | undefined {
  if (state.kind !== 'ours') return undefined;
  if (state.damage === undefined || discardEdits === true) return state.record;
  const { edits, line, reason } = state.damage;
  const edited = describeEdits(edits, line);
  throw new OpsError(failed, [reason === undefined ? edited : { ...edited, what: `${edited.what}\n${reason}` }]);
}

/** The state that a write follows. */
export const stateBefore = (state: BranchState | LostBranch): StateReference | undefined =>
  state.kind === 'ours' ? { release: recordedId(state.record), commit: state.tip } : undefined;

/** Whether a content makes, for the record as it is, the very bytes that the branch holds. */
export function rendersTheSame(
  project: string,
  state: BranchState | LostBranch,
  content: BranchContent,
): state is OwnBranch {
  return (
    state.kind === 'ours' &&
    state.damage === undefined &&
    changesTo(state, completeBranch(project, content, state.record, state).files).size === 0
  );
}
