import type { Unit } from '../../model/derived/units.ts';
import { releaseId, type Release } from '../../model/release.ts';
import type { BranchState } from '../branch/branch-state.ts';
import type { LostBranch } from '../branch/lost-branch.ts';
import { stateBefore } from './starting-point.ts';
import type { Prepared } from '../written/written.ts';

/** The outcome of a write that something newer has made pointless. */
export function superseded(
  { environment, application, branch }: Unit,
  release: Release,
  by: string,
  state: BranchState | LostBranch = { kind: 'absent' },
): Prepared {
  const previous = stateBefore(state);
  return {
    environment,
    ...(application === undefined ? {} : { application }),
    branch,
    outcome: 'superseded',
    supersededBy: by,
    commit: previous?.commit ?? '',
    ...(previous === undefined ? {} : { previous: previous.commit, previousRelease: previous.release }),
    release: releaseId(release),
    added: [],
    changed: [],
    removed: [],
    removals: [],
    foreign: [],
    replaced: [],
    discarded: [],
    notices: [],
    steps: [],
  };
}
