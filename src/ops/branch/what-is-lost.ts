import { recordedId } from '../release/release-record.ts';
import type { BranchState } from './branch-state.ts';
import type { LostBranch } from './lost-branch.ts';

/** What is lost when a write goes on from what was last whole, or from nothing, as sentences. */
export function whatIsLost(state: BranchState | LostBranch): readonly string[] {
  if (state.kind === 'lost')
    return [
      'no commit of the branch says what it holds, so it was written anew, on top of what is there',
      `lost: which release ran${state.claims === undefined ? '' : ` (release.yaml claims ${state.claims}, which nobody can vouch for)`}, what held it, and which files are ours; each object below manifests/ and bootstrap/ was taken for ours`,
    ];
  if (state.kind !== 'ours' || state.damage === undefined) return [];
  const { record, damage } = state;
  const release = recordedId(record);
  return [
    `went on from ${damage.known.slice(0, 12)} with ${release}, by ${record.change.by} at ${record.change.at}: the newest state that nobody edited`,
    `lost: what ${damage.edits.map(({ path }) => path).join(' and ')} said since${damage.claims === undefined || damage.claims === release ? '' : `, that ${damage.claims} ran`}`,
  ];
}
