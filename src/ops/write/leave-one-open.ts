import type { Unit } from '../../model/derived/units.ts';
import type { OpsContext } from '../ops-context.ts';
import { closeProposal, openProposals, type OpenProposal } from './open-proposals.ts';
import type { PullRequest, PullRequests } from '../../hosts/pull-requests.ts';
import { BranchMoved } from './retry-moved.ts';
import { soFar } from './so-far.ts';
import type { StandingOf } from './standing.ts';

/** A proposal that has just been opened, and what tells which others go. */
export interface Opened {
  readonly unit: Unit;
  readonly pullRequests: PullRequests;
  readonly own: OpenProposal & { readonly tip: string };
  /** How far its run has come, for failures. */
  readonly opened: string;
  readonly standing: StandingOf;
}

/**
 * Looks again which proposals are open, now that this one is: runs that began at the same time saw none of each other before. Each opens before
 * it looks, so that of any two the later one sees the other, and whichever sees both closes the older. Where nobody knows which is newer, it is
 * the one that was opened last.
 *
 * @returns the pull request that is newer, when this one was closed in favour of it
 * @throws BranchMoved when another run closed this one and nothing newer is open: then it is decided anew
 */
export async function leaveOneOpen(
  context: OpsContext,
  { unit, pullRequests, own, opened, standing }: Opened,
): Promise<PullRequest | undefined> {
  const { head, base, number, url } = own.pullRequest;
  const older: OpenProposal[] = [];
  for (const other of await soFar(opened, () => openProposals(context, pullRequests, unit, 'again'))) {
    const { pullRequest, record } = other;
    if (pullRequest.head === head || record === undefined) continue;
    const stands = await standing(record);
    if (stands === 'apart') continue;
    if (stands === 'older' || (stands === 'unordered' && pullRequest.number < number)) {
      older.push(other);
      continue;
    }
    await soFar(`${opened}, and so is ${pullRequest.url}, which supersedes it`, () =>
      closeProposal(context, pullRequests, own, `Superseded by ${pullRequest.url}`),
    );
    return pullRequest;
  }
  for (const other of older)
    await soFar(`${opened}, and so is ${other.pullRequest.url}, which it supersedes`, () =>
      closeProposal(context, pullRequests, other, `Superseded by ${url}`),
    );
  if (older.length > 0 && !(await soFar(opened, () => pullRequests.listOpen(base))).some((open) => open.head === head))
    throw new BranchMoved();
  return undefined;
}
