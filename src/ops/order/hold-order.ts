import type { Delivery } from '../../model/delivery.ts';
import { nameOf, typed, type Unit } from '../../model/derived/units.ts';
import { releaseId, type Release } from '../../model/release.ts';
import type { Stage } from '../../model/stage.ts';
import type { Requester } from '../ops-context.ts';
import type { Refusal } from '../ops-error.ts';
import type { Ancestry } from '../program/ancestry.ts';
import type { Program } from '../program/program.ts';
import { wholeRelease, type Hold, type ReleaseRecord } from '../release/release-record.ts';
import { describeHold } from './describe-hold.ts';
import { compareReleases, isSameRelease } from './release-order.ts';

/** A release that wants to enter an environment, and who wants it. */
export interface Candidate {
  readonly delivery: Delivery;
  /** What it is to enter. */
  readonly unit: Unit;
  readonly stage: Stage;
  readonly release: Release;
  readonly program: Program;
  readonly requester: Requester;
  /** Ancestry of the source's commits. */
  readonly sources: Ancestry;
}

/** What the holds of an environment say to a release. */
export interface HoldVerdict {
  readonly refusals: readonly Refusal[];
  /** Holds that stay on record; those that the release ends are gone. */
  readonly left: readonly Hold[];
}

/**
 * Judges a release against the holds of an environment. A person's newer release ends them all. Automation passes none that
 * a person put, and one that a rollback put only with something newer than what was rolled back, which ends it.
 */
export async function judgeHolds(candidate: Candidate, before: ReleaseRecord): Promise<HoldVerdict> {
  const { delivery, unit, stage, release, requester, sources } = candidate;
  const { holds } = before;
  if (holds.length === 0) return { refusals: [], left: [] };
  const current = wholeRelease(before.applications);
  if (requester.automatic !== true) {
    const { relation } = await compareReleases(delivery, stage, release, current, sources);
    return relation === 'newer'
      ? { refusals: [], left: [] }
      : {
          refusals: [heldBy(unit, holds, `and ${releaseId(release)} is not newer than ${releaseId(current)}`)],
          left: holds,
        };
  }
  const reasons = await Promise.all(holds.map((hold) => whyHeld(candidate, current, hold)));
  const standing = holds.filter((_, i) => reasons[i] !== undefined);
  if (standing.length === 0) return { refusals: [], left: [] };
  return {
    refusals: [heldBy(unit, standing, reasons.find((reason) => reason !== undefined) ?? '')],
    left: standing,
  };
}

const heldBy = (unit: Unit, holds: readonly Hold[], why: string): Refusal => ({
  code: 'held',
  what: [`${nameOf(unit)} is held, ${why}`, ...holds.map(describeHold)].join('\n'),
  next: `npx portolan unhold ${typed(unit)}, or promote a newer release by hand`,
});

/** Why a hold stands against an automatic promotion; undefined when it does not. */
async function whyHeld(
  { delivery, stage, release, program, sources }: Candidate,
  current: Release,
  hold: Hold,
): Promise<string | undefined> {
  if (hold.kind === 'manual') return 'and automation does not pass a hold that a person put';
  const bad = wholeRelease(hold.of.applications);
  const { relation } = await compareReleases(delivery, stage, release, bad, sources);
  const shown = releaseId(release);
  if (relation === 'unknown')
    return `and nobody knows whether ${shown} is newer than ${releaseId(bad)}, which was rolled back`;
  // The release stayed and the program went back: then the program was at fault, and the release is what runs.
  const isOfProgram = isSameRelease(bad, current);
  if (relation !== 'newer' && !(isOfProgram && relation === 'same'))
    return `and ${shown} is not newer than ${releaseId(bad)}, which was rolled back`;
  if (!isOfProgram) return undefined;
  if (hold.of.program === undefined)
    return relation === 'newer'
      ? undefined
      : `and nobody knows whether this program is newer than the one that rendered ${shown} before, which was rolled back`;
  const standing =
    program.commit === undefined ? 'unknown' : await program.ancestry.relate(program.commit, hold.of.program);
  return standing === 'newer'
    ? undefined
    : `and this program is not newer than ${hold.of.program.slice(0, 12)}, which was rolled back`;
}
