import { promotionBranch } from '../../model/names.ts';

/** How the names of all branches begin that are made for pull requests. */
export const PROPOSALS = 'promote/';

/** How the names of those to one environment begin, e.g. `promote/prod/`. */
export const proposalFolder = (environment: string): string => promotionBranch(environment, '');
