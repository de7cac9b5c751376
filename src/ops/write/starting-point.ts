import { releaseId } from '../../model/release.ts';
import { changesTo } from '../branch/branch-difference.ts';
import { completeBranch, type BranchContent } from '../branch/branch-files.ts';
import type { BranchState } from '../branch/branch-state.ts';
import { trustedRecord } from '../branch/trusted-record.ts';
import { wholeRelease, type ReleaseRecord, type StateReference } from '../release/release-record.ts';
import type { OpsRepository } from '../repository/ops-repository.ts';
import type { WriteAllowances } from './write-files.ts';

/** The record that a write goes on from: that of the branch, or the last one that was not edited when edits are discarded. */
export async function recordBefore(repository: OpsRepository, state: BranchState, { discardEdits }: WriteAllowances): Promise<ReleaseRecord | undefined> {
  if (state.kind !== 'ours') return undefined;
  return (discardEdits === true ? (await trustedRecord(repository, state))?.record : undefined) ?? state.record;
}

/** The state that a write follows. */
export const stateBefore = (state: BranchState): StateReference | undefined =>
  state.kind === 'ours' ? { release: releaseId(wholeRelease(state.record.applications)), commit: state.tip } : undefined;

/** Whether a content makes, for the record as it is, the very bytes that the branch holds. */
export function rendersTheSame(project: string, state: BranchState, content: BranchContent): boolean {
  return state.kind === 'ours' && changesTo(state, completeBranch(project, content, state.record, state.recordText).files).size === 0;
}
