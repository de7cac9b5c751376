import semver from 'semver/functions/parse.js';
import satisfies from 'semver/functions/satisfies.js';
import type { VersionScheme } from '../artifact.ts';

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
      return /^[0-9a-f]{40}$/.test(version);
    case 'semver': {
      const prefix = scheme.prefix ?? '';
      const number = version.slice(prefix.length);
      // The parser takes spaces around a number.
      const strict = /^\d\S*$/.test(number) && semver(number) !== null;
      return version.startsWith(prefix) && strict && (scheme.range === undefined || satisfies(number, scheme.range));
    }
    case 'numeric':
      return numericPattern(scheme.pattern)?.test(version) ?? false;
  }
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
