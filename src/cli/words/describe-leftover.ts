import { pullRequestsNeed } from '../../hosts/hosts.ts';
import type { Leftover } from '../../ops/leftovers/leftovers.ts';
import { ageOf } from './age.ts';

/**
 * What there is to know of a proposal's branch that no open pull request is of, and what becomes of it.
 *
 * @param repository - path or URL of the ops repository, for what is to be typed
 */
export function describeLeftover({ branch, commit, at, fate }: Leftover, repository: string, now: Date): string {
  const what = `${branch} at ${commit.slice(0, 12)}, ${ageOf(at, now)} old`;
  switch (fate) {
    case 'removed':
      return `${what}, has no open pull request; the next write removes it`;
    case 'awaited':
      return `${what}, has no open pull request yet; a run may be about to open one`;
    case 'kept':
      return `${what}, has no open pull request, and nothing shows that this program made it; if nobody needs it: git push ${repository} --delete ${branch}`;
    case 'unknown':
      return `${what}; whether it has a pull request is not known: ${pullRequestsNeed}`;
  }
}
