import parse from 'semver/functions/parse.js';
import satisfies from 'semver/functions/satisfies.js';
import type { VersionScheme } from '../artifact.ts';
import { wholeCommit } from '../formats/commit.ts';

/** A numeric scheme's pattern as a regular expression; nothing when it is not one. */
export function numericPattern(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern);
  } catch {
    return undefined;
  }
}

/** Whether a version looks as its scheme says. */
export function fitsScheme(scheme: VersionScheme, version: string): boolean {
  switch (scheme.kind) {
    case 'gitSha':
      return wholeCommit.test(version);
    case 'semver': {
      const number = semanticVersion(scheme, version);
      return number !== undefined && (scheme.range === undefined || satisfies(number, scheme.range));
    }
    case 'numeric':
      return numbersIn(scheme, version) !== undefined;
  }
}

/** The semantic version that follows the scheme's prefix; nothing where none does. Leading zeros and spaces are none. */
export function semanticVersion(
  { prefix = '' }: Extract<VersionScheme, { kind: 'semver' }>,
  version: string,
): string | undefined {
  const number = version.slice(prefix.length);
  // The parser takes spaces around a number.
  return version.startsWith(prefix) && /^\d\S*$/.test(number) && parse(number) !== null ? number : undefined;
}

/** The numbers that versions of a numeric scheme are ordered by, the first first; nothing where one is missing. */
export function numbersIn(
  { pattern, by }: Extract<VersionScheme, { kind: 'numeric' }>,
  version: string,
): readonly bigint[] | undefined {
  const found = numericPattern(pattern)?.exec(version);
  const texts = by.map((group) => found?.groups?.[group]);
  return found && texts.every((text) => text !== undefined && /^\d+$/.test(text))
    ? texts.map((text) => BigInt(text ?? ''))
    : undefined;
}

/** Says in words what versions of a scheme look like. */
export function describeScheme(scheme: VersionScheme): string {
  switch (scheme.kind) {
    case 'gitSha':
      return 'a commit of forty hexadecimal digits';
    case 'semver': {
      const range = scheme.range === undefined ? '' : ` within ${scheme.range}`;
      return `a semantic version such as ${scheme.prefix ?? ''}1.2.3${range}`;
    }
    case 'numeric':
      return `a version that matches ${scheme.pattern}`;
  }
}
