import type * as z from 'zod';
import { ProblemsError, type Problem } from '../../model/problem.ts';
import { placeInYaml, readStrictYaml } from '../../model/formats/strict-yaml.ts';
import { RELEASE_FILE, type ReleaseRecord } from './release-record.ts';
import { releaseSchemaV1 } from './release-schema.ts';

/** One reader for each version there has ever been: a branch written by an older program stays readable. */
const readers: Readonly<Record<string, z.ZodType>> = { 'portolan/v1': releaseSchemaV1 };

/** A whole record is some kilobytes; a larger file is not one. */
const MOST_CHARACTERS = 1_000_000;

/**
 * Reads `release.yaml`: every key, type and value must be as written by this program.
 *
 * @throws ProblemsError with file, line and column of each problem
 */
export function readReleaseRecord(source: string, file = RELEASE_FILE): ReleaseRecord {
  if (source.length > MOST_CHARACTERS)
    throw new ProblemsError(file, [{ path: file, message: 'is too large to be a release' }]);
  const value = readPlain(source, file);
  const version = typeof value === 'object' && value !== null && 'apiVersion' in value ? value.apiVersion : undefined;
  const reader = typeof version === 'string' && Object.hasOwn(readers, version) ? readers[version] : undefined;
  if (reader === undefined) {
    const known = Object.keys(readers).join(', ');
    throw new ProblemsError(file, [
      {
        path: placeInYaml(file, source, ['apiVersion']),
        message: `apiVersion must be one that this program reads: ${known}; a newer one needs a newer Portolan`,
        given: version ?? null,
      },
    ]);
  }
  const result = reader.safeParse(value);
  if (!result.success)
    throw new ProblemsError(
      file,
      result.error.issues.flatMap((issue) => problemsOf(issue, value, source, file)),
    );
  const { apiVersion: _, ...record } = result.data as ReleaseRecord & { readonly apiVersion: string };
  return record;
}

function readPlain(source: string, file: string): unknown {
  try {
    return readStrictYaml(file, source);
  } catch (error) {
    // Thousands of nested brackets exhaust the parser's stack.
    if (error instanceof RangeError) throw new ProblemsError(file, [{ path: file, message: 'is nested too deeply' }]);
    throw error;
  }
}

function problemsOf(issue: z.core.$ZodIssue, value: unknown, source: string, file: string): readonly Problem[] {
  const path = issue.path.filter((key): key is string | number => typeof key !== 'symbol');
  const problem = (at: readonly (string | number)[], message: string): Problem => {
    const given = at.reduce<unknown>(
      (inside, key) =>
        typeof inside === 'object' && inside !== null ? (inside as Record<string, unknown>)[key] : undefined,
      value,
    );
    const shown = typeof given === 'string' || typeof given === 'number' || typeof given === 'boolean' ? { given } : {};
    return {
      path: placeInYaml(file, source, at),
      message: `${at.join('.') === '' ? 'the file' : at.join('.')} ${message}`,
      ...shown,
    };
  };
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => problem([...path, key], 'is not a field of a release; remove it'));
  if (issue.code === 'invalid_type') return [problem(path, `must be ${kinds[issue.expected] ?? issue.expected}`)];
  return [problem(path, sentence(issue.message))];
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
};

const sentence = (message: string): string =>
  message.startsWith('must ') ? message : `is not as written: ${message.charAt(0).toLowerCase()}${message.slice(1)}`;
