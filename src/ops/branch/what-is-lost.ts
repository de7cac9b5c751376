import { releaseId } from '../../model/release.ts';
import { wholeRelease } from '../release/release-record.ts';
import type { BranchState } from './branch-state.ts';

/** What is lost when a write goes on from what was last whole, as sentences. */
export function whatIsLost(state: BranchState): readonly string[] {
  if (state.kind !== 'ours' || state.damage === undefined) return [];
  const { record, damage } = state;
  const release = releaseId(wholeRelease(record.applications));
  return [
    `went on from ${damage.known.slice(0, 12)} with ${release}, by ${record.change.by} at ${record.change.at}: the newest state that nobody edited`,
    `lost: what ${damage.edits.map(({ path }) => path).join(' and ')} said since${damage.claims === undefined || damage.claims === release ? '' : `, that ${damage.claims} ran`}`,
  ];
}
