import type { Ancestry } from '../program/ancestry.ts';
import type { Compared } from './release-order.ts';

/**
 * Whether what runs is on another branch than what would replace it: no artifact would go back, and each that is not newer is of a commit beside
 * the one that runs, or runs of a commit that no branch has any more, because its branch is gone or was pushed anew.
 *
 * That a commit is on no branch is believed of a clone that has all that its remote has now. A clone that is behind, shallow or has no remote
 * that answers may only not know yet that what runs is newer.
 */
export async function isOnAnotherBranch(compared: readonly Compared[], sources: Ancestry): Promise<boolean> {
  const apart = compared.filter(({ relation }) => relation !== 'newer' && relation !== 'same');
  // Several artifacts of one build are of the same two commits, and a remote is asked of each pair once.
  const gone = new Map<string, Promise<boolean>>();
  const answers = await Promise.all(
    apart.map(async ({ relation, commits }) => {
      if (relation === 'diverged') return true;
      if (relation === 'older' || commits === undefined) return false;
      const key = commits.join(' ');
      const answer = gone.get(key) ?? isGone(commits, sources);
      gone.set(key, answer);
      return answer;
    }),
  );
  return answers.length > 0 && answers.every((isApart) => isApart);
}

/** Whether no branch has the commit that runs any more, and the clone has the one that would replace it. */
async function isGone([entering, running]: readonly [string, string], sources: Ancestry): Promise<boolean> {
  if (sources.whyUnknown === undefined) return false;
  return (
    (await sources.whyUnknown([entering])) === undefined && (await sources.whyUnknown([running]))?.kind === 'missing'
  );
}
