import { nameOf, type UnitName } from '../../model/derived/units.ts';
import { matchesPatterns } from '../../model/formats/git-pattern.ts';
import { sourcesIn, type Release } from '../../model/release.ts';
import type { Stage } from '../../model/stage.ts';
import { OpsError } from '../ops-error.ts';
import type { Ancestry } from '../program/ancestry.ts';

/**
 * Where the gate is a tag, a release gets in by a tag like it, that the source has, on the very commit that the release was built from.
 * Who may make such a tag is the source repository's to hold.
 *
 * @throws OpsError when the release has no such tag
 */
export async function refuseUntagged(
  unit: UnitName,
  { gate }: Stage,
  release: Release,
  sources: Ancestry,
): Promise<void> {
  if (gate.kind !== 'humanTag') return;
  const { gitTag } = release;
  const who = gate.taggers.join(', ');
  const refuse = (what: string, next: string): never => {
    throw new OpsError(`${nameOf(unit)} was not promoted`, [{ code: 'gated', what, next }]);
  };
  if (gitTag === undefined || !matchesPatterns([gate.pattern], gitTag))
    return refuse(
      `${nameOf(unit)} takes what is tagged like ${gate.pattern} alone, and ${gitTag === undefined ? 'the release has no tag' : `${gitTag} is no such tag`}`,
      `let one of ${who} tag the commit, and pass --git-tag TAG`,
    );
  // Of several sources each must have it.
  const commits = Object.values(sourcesIn(release));
  if (commits.length === 0)
    return refuse(
      `nobody knows which commit the release was built from, and so whether ${gitTag} is on it`,
      'pass --source-commit SHA, and the checkout of the source as --source FOLDER',
    );
  const tag = `refs/tags/${gitTag}^{commit}`;
  for (const commit of commits)
    if ((await sources.relate(tag, commit)) !== 'same')
      refuse(
        `the source has no tag ${gitTag} on ${commit.slice(0, 12)}, which the release was built from`,
        `let one of ${who} tag that commit, fetch the tags, and name the checkout with --source FOLDER`,
      );
}
