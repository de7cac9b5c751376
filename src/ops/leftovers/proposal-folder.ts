import type { UnitName } from '../../model/derived/units.ts';
import { promotionBranch } from '../../model/names.ts';

/** How the names of all branches begin that are made for pull requests. */
export const PROPOSALS = 'promote/';

/** How the names of those to one unit begin, e.g. `promote/prod/`. */
export const proposalFolder = ({ environment, application }: UnitName): string =>
  promotionBranch(environment, '', application);

/** Whether a branch of that name is for a proposal to a unit: those of the applications lie below what they share. */
export function isProposalTo(unit: UnitName, branch: string): boolean {
  const folder = proposalFolder(unit);
  return branch.startsWith(folder) && !branch.slice(folder.length).includes('/');
}
