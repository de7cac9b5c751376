import compareBuild from 'semver/functions/compare-build.js';
import type { VersionScheme } from '../../model/artifact.ts';
import { numbersIn, semanticVersion } from '../../model/derived/version-fit.ts';
import { wholeCommit } from '../../model/formats/commit.ts';
import type { Ancestry, Relation } from '../program/ancestry.ts';

/** One version of an artifact: its name, and the commit it was built from. */
export interface Version {
  /** Tag of the image, or the git tag that made it a release. */
  readonly name: string;
  /** @default - not known */
  readonly commit?: string;
}

/**
 * How one version stands to another in the order of their scheme: commits by ancestry, semantic versions by precedence,
 * numbers as whole numbers. Never by the order of texts.
 *
 * @returns `unknown` when a version does not fit the scheme, or its commit is not in the clone
 */
export async function compareVersions(
  scheme: VersionScheme,
  a: Version,
  b: Version,
  ancestry: Ancestry,
): Promise<Relation> {
  if (a.name === b.name && (a.commit === b.commit || scheme.kind !== 'gitSha')) return 'same';
  switch (scheme.kind) {
    case 'gitSha': {
      const [left, right] = [commitOfVersion(a), commitOfVersion(b)];
      return left === undefined || right === undefined ? 'unknown' : ancestry.relate(left, right);
    }
    case 'semver': {
      const [left, right] = [semanticVersion(scheme, a.name), semanticVersion(scheme, b.name)];
      return left === undefined || right === undefined ? 'unknown' : relationOf(compareBuild(left, right));
    }
    case 'numeric': {
      const [left, right] = [numbersIn(scheme, a.name), numbersIn(scheme, b.name)];
      if (left === undefined || right === undefined) return 'unknown';
      const first = left.findIndex((number, i) => number !== right[i]);
      return first === -1 ? 'same' : relationOf((left[first] ?? 0n) < (right[first] ?? 0n) ? -1 : 1);
    }
  }
}

const relationOf = (order: number): Relation => (order === 0 ? 'same' : order < 0 ? 'older' : 'newer');

/** The commit that a version is of: its name, where that is one. */
export const commitOfVersion = ({ name, commit }: Version): string | undefined =>
  wholeCommit.test(name) ? name : commit;
