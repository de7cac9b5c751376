import { nameOf } from '../../model/derived/units.ts';
import { releaseId, sourcesIn, type Release } from '../../model/release.ts';
import { isOnAnotherBranch } from '../order/another-branch.ts';
import { judgeHolds, type Candidate } from '../order/hold-order.ts';
import { compareReleases, isSameRelease } from '../order/release-order.ts';
import type { Refusal } from '../ops-error.ts';
import { unknownWords, type ProgramAllowances } from '../program/refuse-program.ts';
import type { Hold, ReleaseRecord } from '../release/release-record.ts';
import { wholeCommit } from '../../model/formats/commit.ts';

/** What a person allows a release to replace. */
export interface EntryAllowances {
  /** Whether an older release, or one of unknown order, may replace what runs. @default false */
  readonly allowOlder?: boolean;
}

/** Whether a release may replace what runs. */
export interface Entry {
  /** Whether it is what runs. */
  readonly isSame: boolean;
  /** Why there is nothing to do: something newer is there. @default - there is something to do */
  readonly supersededBy?: string;
  readonly refusals: readonly Refusal[];
  /** Holds that stay on record. */
  readonly holds: readonly Hold[];
  /** That it replaces a build of another branch, where the stage accepts what nobody merged. @default - it does not */
  readonly besides?: string;
}

/** The entry into an environment where nothing runs. */
export const FIRST: Entry = { isSame: false, refusals: [], holds: [] };

/**
 * Judges whether a release may replace what runs: it must be newer, or be allowed not to be, and pass the holds. A run that
 * finds something newer there is superseded, which is no failure. Where a stage accepts what nobody merged, a build of another branch, which is
 * neither older nor newer, may: there the later promotion counts.
 */
export async function judgeEntry(
  candidate: Candidate,
  current: Release,
  before: ReleaseRecord,
  { allowOlder = false, allowOlderProgram = false }: EntryAllowances & ProgramAllowances,
): Promise<Entry> {
  const { delivery, unit, stage, release, program, sources } = candidate;
  const name = nameOf(unit);
  const isSame = isSameRelease(release, current);
  const { relation, because, compared } = await compareReleases(delivery, stage, release, current, sources);
  const there = releaseId(current);
  if (!isSame && relation === 'older' && !allowOlder)
    return {
      isSame,
      supersededBy: `${name} runs ${there} already: ${because.join(', ')}`,
      refusals: [],
      holds: before.holds,
    };
  const recorded = before.program.commit;
  if (
    isSame &&
    !allowOlderProgram &&
    recorded !== undefined &&
    program.commit !== undefined &&
    (await program.ancestry.relate(program.commit, recorded)) === 'older'
  ) {
    return {
      isSame,
      supersededBy: `${name} runs ${there} already, rendered by the newer program ${recorded.slice(0, 12)}`,
      refusals: [],
      holds: before.holds,
    };
  }

  const { refusals, left } = await judgeHolds(candidate, before);
  if (isSame || allowOlder || (relation !== 'unknown' && relation !== 'diverged'))
    return { isSame, refusals, holds: left };
  if (stage.acceptsUnmerged !== undefined && (await isOnAnotherBranch(compared, sources)))
    return {
      isSame,
      refusals,
      holds: left,
      besides: `${releaseId(release)} is of another branch than ${there}, which ran: ${name} accepts what nobody merged, and the later promotion counts`,
    };
  return { isSame, refusals: [await refuseUnordered(candidate, current, relation, because), ...refusals], holds: left };
}

async function refuseUnordered(
  { release, sources }: Candidate,
  current: Release,
  relation: 'unknown' | 'diverged',
  because: readonly string[],
): Promise<Refusal> {
  const [shown, there] = [releaseId(release), releaseId(current)];
  const details = because.join('\n');
  if (relation === 'diverged')
    return {
      code: 'older-release',
      what: `${shown} is neither newer nor older than ${there}, which runs\n${details}`,
      next: 'if it may replace what runs, write --allow-older',
    };
  const { what, next } = await unknownWords(
    sources,
    [release, current].flatMap(commitsOf),
    "the source's clone",
    'name a checkout of the source that has them with --source FOLDER, or ',
  );
  return {
    code: 'unknown-ancestry',
    what: `nobody knows whether ${shown} is newer than ${there}, which runs${what}\n${details}`,
    next: `${next}--allow-older`,
  };
}

/** The commits of the source that a release is of: the one that is on record, and those that its images are tagged with. */
const commitsOf = (release: Release): readonly string[] => [
  ...new Set(
    [...Object.values(sourcesIn(release)), ...Object.values(release.images).map(({ tag }) => tag)].filter((name) =>
      wholeCommit.test(name),
    ),
  ),
];
