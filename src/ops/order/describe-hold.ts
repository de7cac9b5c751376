import { releaseId, type Release } from '../../model/release.ts';
import { wholeRelease, type Hold } from '../release/release-record.ts';
import { isSameRelease } from './release-order.ts';

/** Says how a hold reads: who put it, when and why. */
export const describeHold = ({ kind, by, since, reason }: Hold): string =>
  `held by ${by} since ${since}${kind === 'rollback' ? ' (rollback)' : ''}: ${reason}`;

/** Says which holds a release ends by entering, and whether it is the very one that was rolled back. */
export function describeEndedHolds(
  before: readonly Hold[],
  left: readonly Hold[],
  release: Release,
): readonly string[] {
  return before
    .filter((hold) => !left.includes(hold))
    .map((hold) => {
      const isBack = hold.kind === 'rollback' && isSameRelease(wholeRelease(hold.of.applications), release);
      return `no longer ${describeHold(hold)}${isBack ? `; ${releaseId(release)} is what was rolled back` : ''}`;
    });
}
