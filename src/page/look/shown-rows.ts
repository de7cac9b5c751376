import type { PageState } from '../page-state.ts';

/** Rows of the tables of one branch, at most. */
const mostOfOne = 200;

/** Rows of the tables of all branches together, so that a page is quick to open; each branch has some. */
const mostOfAll = 400;
const fewest = 5;

/** How many of the newest changes of each branch a page shows, and as many of what came: fewer, the more branches there are. */
export function shownRows({ environments }: Pick<PageState, 'environments'>): number {
  const branches = environments.reduce((count, { units }) => count + units.length, 0);
  return Math.max(fewest, Math.min(mostOfOne, Math.floor(mostOfAll / Math.max(1, branches))));
}
