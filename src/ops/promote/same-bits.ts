import { nameOf, unitsOf, type Unit } from '../../model/derived/units.ts';
import { releaseId, sourcesIn, writeImageReference, type ImageVersion, type Release } from '../../model/release.ts';
import { readHistory, type HistoryEntry } from '../history/read-history.ts';
import type { OpsContext } from '../ops-context.ts';
import type { Refusal } from '../ops-error.ts';

/** What earlier states say to the bits of a release. */
export interface BitsVerdict {
  readonly refusals: readonly Refusal[];
  /** Sentences for people. */
  readonly notices: readonly string[];
}

/** How the bits of a release stand to those that ran under the same name: known to be the same, to be others, or neither. */
interface Difference {
  readonly kind: 'other' | 'unknown';
  /** E.g. `orders was sha256:dddddddddddd, is sha256:eeeeeeeeeeee`. */
  readonly shown: string;
}

/**
 * Compares the bits of a release with what ran under its git tag or of its source commit, in any unit. A git tag
 * stands for one set of bits for ever; a commit may be built twice, which is said.
 *
 * @param tip - tip of the branch that the release is to enter
 * @param isMoved - whether the bits come from another environment; a build may give every environment bits of its own
 */
export async function judgeBits(
  { repository, delivery }: OpsContext,
  unit: Unit,
  tip: string | undefined,
  release: Release,
  isMoved: boolean,
): Promise<BitsVerdict> {
  const { gitTag } = release;
  const mentioning = [gitTag, ...Object.values(sourcesIn(release))].filter((name) => name !== undefined);
  if (mentioning.length === 0) return { refusals: [], notices: [] };
  const verdicts = await Promise.all(
    unitsOf(delivery).map(async (there): Promise<BitsVerdict> => {
      const isTarget = there.branch === unit.branch;
      const at = isTarget ? tip : await repository.tip(there.branch);
      if (at === undefined) return { refusals: [], notices: [] };
      const { entries } = await readHistory(repository, at, { mentioning });
      return verdictOf(nameOf(there), entries, release, isTarget || isMoved);
    }),
  );
  return {
    refusals: verdicts.flatMap(({ refusals }) => refusals),
    notices: verdicts.flatMap(({ notices }) => notices),
  };
}

function verdictOf(
  environment: string,
  entries: readonly HistoryEntry[],
  release: Release,
  isOneForAll: boolean,
): BitsVerdict {
  const { gitTag } = release;
  const where = ({ commit }: HistoryEntry): string => `ran in ${environment} already, in ${commit.slice(0, 12)}`;
  const moved = gitTag === undefined ? undefined : find(entries, release, 'other', isOfTag);
  if (moved !== undefined) {
    const what = `${gitTag} ${where(moved.entry)}, with other bits`;
    if (!isOneForAll) return { refusals: [], notices: [`${what}: ${moved.shown.join(', ')}`] };
    return {
      refusals: [
        {
          code: 'other-bits',
          what: [what, ...moved.shown].join('\n'),
          next: 'make a new git tag: one that ran stands for the same bits for ever',
        },
      ],
      notices: [],
    };
  }
  const rebuilt = find(entries, release, 'other', isOfCommit);
  if (rebuilt !== undefined) {
    const { gitTag: _, ...untagged } = release;
    const name = releaseId(untagged);
    return { refusals: [], notices: [`${name} ${where(rebuilt.entry)}, with other bits: ${rebuilt.shown.join(', ')}`] };
  }
  const unknown = gitTag === undefined ? undefined : find(entries, release, 'unknown', isOfTag);
  return {
    refusals: [],
    notices:
      unknown === undefined
        ? []
        : [`${gitTag} ${where(unknown.entry)}, and nobody knows whether with these bits: ${unknown.shown.join(', ')}`],
  };
}

/** The newest state that ran something of the same name, with bits that differ in this way. */
function find(
  entries: readonly HistoryEntry[],
  release: Release,
  kind: Difference['kind'],
  isOfName: (release: Release, there: Release) => boolean,
): { readonly entry: HistoryEntry; readonly shown: readonly string[] } | undefined {
  for (const entry of entries) {
    const shown = Object.values(entry.record.applications)
      .filter((there) => isOfName(release, there))
      .flatMap((there) => differencesOf(release, there))
      .filter((difference) => difference.kind === kind)
      .map((difference) => difference.shown);
    if (shown.length > 0) return { entry, shown };
  }
  return undefined;
}

const isOfTag = ({ gitTag }: Release, there: Release): boolean => gitTag !== undefined && gitTag === there.gitTag;

/** Whether both are of the very commits that the first names. */
function isOfCommit(release: Release, there: Release): boolean {
  const [commits, others] = [Object.entries(sourcesIn(release)), sourcesIn(there)];
  return commits.length > 0 && commits.every(([repository, commit]) => others[repository] === commit);
}

function differencesOf(release: Release, there: Release): readonly Difference[] {
  return Object.entries(release.images).flatMap(([artifact, image]): readonly Difference[] => {
    const before = there.images[artifact];
    if (before === undefined) return [];
    const kind = differenceOf(image, before, isOfCommit(release, there));
    return kind === undefined ? [] : [{ kind, shown: `${artifact} was ${shown(before)}, is ${shown(image)}` }];
  });
}

/** How two images differ, as far as anybody can know; undefined when nothing says that they do. */
function differenceOf(a: ImageVersion, b: ImageVersion, isOfOneCommit: boolean): Difference['kind'] | undefined {
  if (a.digest !== undefined && b.digest !== undefined) return a.digest === b.digest ? undefined : 'other';
  if (a.digest === undefined && b.digest === undefined && writeImageReference(a) === writeImageReference(b))
    return undefined;
  // A tag is added to images of one commit, so that another tag need not be another image.
  return isOfOneCommit || a.digest !== undefined || b.digest !== undefined ? 'unknown' : 'other';
}

const shown = ({ tag, digest }: ImageVersion): string => digest?.slice(0, 'sha256:'.length + 12) ?? `the tag ${tag}`;
