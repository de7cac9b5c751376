import semver from 'semver';
import type { VersionScheme } from '../../model/artifact.ts';
import type { Ancestry, Relation } from '../program/ancestry.ts';

/** One version of an artifact: its name, and the commit it was built from. */
export interface Version {
  /** Tag of the image, or the git tag that made it a release. */
  readonly name: string;
  /** @default - not known */
  readonly commit?: string;
}

const SHA = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** Whether a version's name looks as its scheme says. */
export function fits(scheme: VersionScheme, name: string): boolean {
  switch (scheme.kind) {
    case 'gitSha':
      return SHA.test(name);
    case 'semver': {
      const version = semverOf(scheme, name);
      return version !== undefined && (scheme.range === undefined || semver.satisfies(version, scheme.range));
    }
    case 'numeric':
      return numbersOf(scheme, name) !== undefined;
  }
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
      const [left, right] = [commitOf(a), commitOf(b)];
      return left === undefined || right === undefined ? 'unknown' : ancestry.relate(left, right);
    }
    case 'semver': {
      const [left, right] = [semverOf(scheme, a.name), semverOf(scheme, b.name)];
      return left === undefined || right === undefined ? 'unknown' : relationOf(semver.compareBuild(left, right));
    }
    case 'numeric': {
      const [left, right] = [numbersOf(scheme, a.name), numbersOf(scheme, b.name)];
      if (left === undefined || right === undefined) return 'unknown';
      const first = left.findIndex((number, i) => number !== right[i]);
      return first === -1 ? 'same' : relationOf((left[first] ?? 0n) < (right[first] ?? 0n) ? -1 : 1);
    }
  }
}

const relationOf = (order: number): Relation => (order === 0 ? 'same' : order < 0 ? 'older' : 'newer');

const commitOf = ({ name, commit }: Version): string | undefined => (SHA.test(name) ? name : commit);

function semverOf(scheme: VersionScheme & { readonly kind: 'semver' }, name: string): string | undefined {
  const prefix = scheme.prefix ?? '';
  const number = name.slice(prefix.length);
  return name.startsWith(prefix) && /^\d\S*$/.test(number) && semver.valid(number) !== null ? number : undefined;
}

function numbersOf(scheme: VersionScheme & { readonly kind: 'numeric' }, name: string): readonly bigint[] | undefined {
  const groups = new RegExp(scheme.pattern).exec(name)?.groups;
  const texts = scheme.by.map((group) => groups?.[group]);
  return texts.every((text) => text !== undefined && /^\d+$/.test(text))
    ? texts.map((text) => BigInt(text ?? ''))
    : undefined;
}
