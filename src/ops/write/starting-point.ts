import { releaseId } from '../../model/release.ts';
import { changesTo } from '../branch/branch-difference.ts';
import { completeBranch, type BranchContent } from '../branch/branch-files.ts';
import type { BranchState, OwnBranch } from '../branch/branch-state.ts';
import { describeEdits } from '../branch/refuse-edits.ts';
import { trustedRecord } from '../branch/trusted-record.ts';
import { lastChanges } from '../git/last-changes.ts';
import { OpsError } from '../ops-error.ts';
import { fileDigest } from '../release/file-digest.ts';
import { RELEASE_FILE, wholeRelease, type ReleaseRecord, type StateReference } from '../release/release-record.ts';
import type { OpsRepository } from '../repository/ops-repository.ts';
import type { WriteAllowances } from './write-files.ts';

/**
 * The record that a write goes on from: that of the branch, or, when edits are discarded, the last one that nobody edited.
 *
 * @param failed - what does not happen otherwise, e.g. `dev was not published`
 * @throws OpsError when `release.yaml` was edited by hand, with the line
 */
export async function recordBefore(
  repository: OpsRepository,
  state: BranchState,
  failed: string,
  { discardEdits }: WriteAllowances = {},
): Promise<ReleaseRecord | undefined> {
  if (state.kind !== 'ours') return undefined;
  if (fileDigest(state.recordText) === state.index.files[RELEASE_FILE]) return state.record;
  const trusted = await trustedRecord(repository, state);
  if (discardEdits === true && trusted !== undefined) return trusted.record;
  const author = (await lastChanges(repository.gitDir, state.tip, [RELEASE_FILE])).get(RELEASE_FILE);
  throw new OpsError(failed, [
    describeEdits(
      [{ path: RELEASE_FILE, what: 'changed', ...(author === undefined ? {} : { by: author }) }],
      trusted?.line,
    ),
  ]);
}

/** The state that a write follows. */
export const stateBefore = (state: BranchState): StateReference | undefined =>
  state.kind === 'ours'
    ? { release: releaseId(wholeRelease(state.record.applications)), commit: state.tip }
    : undefined;

/** Whether a content makes, for the record as it is, the very bytes that the branch holds. */
export function rendersTheSame(project: string, state: BranchState, content: BranchContent): state is OwnBranch {
  return (
    state.kind === 'ours' &&
    changesTo(state, completeBranch(project, content, state.record, state.recordText).files).size === 0
  );
}
