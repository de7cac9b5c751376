import type { VersionScheme } from '../../model/artifact.ts';
import { sourceRepositoryOf, type Delivery } from '../../model/delivery.ts';
import type { Release } from '../../model/release.ts';
import type { Stage } from '../../model/stage.ts';
import type { Ancestry, Relation } from '../program/ancestry.ts';
import { describeScheme } from '../../model/derived/version-fit.ts';
import { fitsScheme } from '../../model/derived/version-fit.ts';
import { commitOfVersion, compareVersions, type Version } from './version-order.ts';
import { subjectsBySentence, type Said } from '../subjects-by-sentence.ts';

/** How two releases stand to each other, and why. */
export interface ReleaseRelation {
  readonly relation: Relation;
  /** The versions that are older, diverged or unknown, each with the artifacts that have it; empty when all are newer or the same. */
  readonly because: readonly string[];
  /** Every artifact that both have. */
  readonly compared: readonly Compared[];
}

/** How one artifact of two releases stands. */
export interface Compared {
  readonly artifact: string;
  /** Its version in the first. */
  readonly left: string;
  /** Its version in the second. */
  readonly right: string;
  readonly relation: Relation;
  /** The commits that say so, of the first and of the second. @default - it is not ordered by commits, or one of them is not known */
  readonly commits?: readonly [left: string, right: string];
}

/** The scheme by which a stage orders an artifact: the stage's own, else the artifact's. */
export function schemeOf(delivery: Delivery, stage: Stage, artifact: string): VersionScheme {
  return stage.versions ?? delivery.artifacts.find(({ name }) => name === artifact)?.scheme ?? { kind: 'gitSha' };
}

/** The version that a stage looks at: where the stage orders by tags, the release's own tag comes first. */
function versionOf(delivery: Delivery, stage: Stage, release: Release, artifact: string): Version {
  const tag = release.images[artifact]?.tag ?? '';
  const name = stage.versions?.kind === 'semver' || stage.versions?.kind === 'numeric' ? (release.gitTag ?? tag) : tag;
  const repository = sourceRepositoryOf(delivery, artifact);
  // Where there are several, each artifact is of its own.
  const commit = release.source?.commit ?? (repository === undefined ? undefined : release.sources?.[repository]);
  return { name, ...(commit === undefined ? {} : { commit }) };
}

/**
 * How release `a` stands to `b` on a stage. With several artifacts, `newer` needs one that is newer and none that is older;
 * one newer beside one older has diverged.
 */
export async function compareReleases(
  delivery: Delivery,
  stage: Stage,
  a: Release,
  b: Release,
  ancestry: Ancestry,
): Promise<ReleaseRelation> {
  const shared = Object.keys(a.images).filter((artifact) => b.images[artifact] !== undefined);
  const compared = await Promise.all(
    shared.map(async (artifact): Promise<Compared> => {
      const [left, right] = [versionOf(delivery, stage, a, artifact), versionOf(delivery, stage, b, artifact)];
      const scheme = schemeOf(delivery, stage, artifact);
      const [one, other] = scheme.kind === 'gitSha' ? [commitOfVersion(left), commitOfVersion(right)] : [];
      return {
        artifact,
        left: left.name,
        right: right.name,
        relation: await compareVersions(scheme, left, right, ancestry),
        ...(one === undefined || other === undefined ? {} : { commits: [one, other] }),
      };
    }),
  );
  const is = (relation: Relation): boolean => compared.some((one) => one.relation === relation);
  const because = describeRelations(compared.filter(({ relation }) => relation !== 'newer' && relation !== 'same'));
  if (is('unknown')) return { relation: 'unknown', because, compared };
  if (is('diverged') || (is('newer') && is('older'))) return { relation: 'diverged', because, compared };
  return { relation: is('older') ? 'older' : is('newer') ? 'newer' : 'same', because, compared };
}

/** What several artifacts have in common is said once, e.g. `v1.1.0 is older than v1.2.0 (orders, payments)`. */
function describeRelations(compared: readonly Compared[]): readonly string[] {
  const said = compared.map(({ artifact, left, right, relation }): Said => [
    artifact,
    `${shortened(left)} is ${words[relation]} ${shortened(right)}`,
  ]);
  return subjectsBySentence(said).map(([sentence, artifacts]) => `${sentence} (${artifacts.join(', ')})`);
}

/** A version for people: twelve digits tell a commit from any other. */
const shortened = (version: string): string => version.replace(/^([0-9a-f]{12})[0-9a-f]{28}$/, '$1');

const words: Readonly<Record<Relation, string>> = {
  older: 'older than',
  newer: 'newer than',
  same: 'the same as',
  diverged: 'neither older nor newer than',
  unknown: 'of unknown order to',
};

/** The versions of a release that do not look as the stage's scheme says, each with what it should look like; a version that several artifacts have is named once. */
export function misfits(delivery: Delivery, stage: Stage, release: Release): readonly string[] {
  const said = Object.keys(release.images).flatMap((artifact): readonly Said[] => {
    const scheme = schemeOf(delivery, stage, artifact);
    const { name } = versionOf(delivery, stage, release, artifact);
    return fitsScheme(scheme, name)
      ? []
      : [[artifact, `the version must be ${describeScheme(scheme)}, got ${JSON.stringify(name)}`]];
  });
  return subjectsBySentence(said).map(([sentence, artifacts]) => `${artifacts.join(', ')}: ${sentence}`);
}

/** Whether two releases are the same bits: images with tags and digests, source and tag. */
export const isSameRelease = (a: Release, b: Release): boolean => canonical(a) === canonical(b);

function canonical({ images, source, sources = {}, gitTag }: Release): string {
  const sorted = Object.keys(images)
    .sort()
    .map((artifact) => [
      artifact,
      images[artifact]?.repository,
      images[artifact]?.tag,
      images[artifact]?.digest ?? null,
    ]);
  const others = Object.entries(sources).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([sorted, source?.repository ?? null, source?.commit ?? null, gitTag ?? null, others]);
}
