import { YAMLException, load } from 'js-yaml';
import type * as z from 'zod';
import { ProblemsError, type Problem } from '../../model/problem.ts';
import { placeInYaml, placesInYaml, readStrictYaml, refuseNotText } from '../../model/formats/strict-yaml.ts';
import { readAsWritten } from './as-written.ts';
import { RELEASE_FILE, type ReleaseRecord } from './release-record.ts';
import { releaseSchemaV1 } from './release-schema.ts';
import { writeReleaseRecord } from './write-release-record.ts';

/** One reader for each version there has ever been: a branch written by an older program stays readable. */
const readers: Readonly<Record<string, z.ZodType>> = { 'portolan/v1': releaseSchemaV1 };

/** A whole record is some kilobytes; a larger file is not one. */
const MOST_CHARACTERS = 1_000_000;

/** From here on only what this program wrote is read, byte for byte: nobody edits that much by hand. */
const LARGE = 65_536;

/**
 * Reads `release.yaml`: every key, type and value must be as written by this program.
 *
 * @throws ProblemsError with file, line and column of each problem
 */
export function readReleaseRecord(source: string, file = RELEASE_FILE): ReleaseRecord {
  if (source.length > MOST_CHARACTERS)
    throw new ProblemsError(file, [{ path: file, message: 'is too large to be a release' }]);
  if (source.length > LARGE) return readLarge(source, file);
  const value = readAsWritten(source) ?? readStrictYaml(file, source);
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
  if (!result.success) {
    const placeOf = placesInYaml(file, source);
    throw new ProblemsError(
      file,
      result.error.issues.flatMap((issue) => problemsOf(issue, value, placeOf)),
    );
  }
  const { apiVersion: _, ...record } = result.data as ReleaseRecord & { readonly apiVersion: string };
  return record;
}

/** Reads a file that only this program can have written, with the parser that is quick about any length. */
function readLarge(source: string, file: string): ReleaseRecord {
  refuseNotText(file, source);
  const record = ours(source);
  if (record !== undefined && writeReleaseRecord(record) === source) return record;
  throw new ProblemsError(file, [
    { path: file, message: `was edited: it has ${source.length} characters and is not as this program writes it` },
  ]);
}

function ours(source: string): ReleaseRecord | undefined {
  try {
    const result = releaseSchemaV1.safeParse(load(source));
    if (!result.success) return undefined;
    const { apiVersion: _, ...record } = result.data;
    return record as ReleaseRecord;
  } catch (error) {
    if (error instanceof YAMLException) return undefined;
    throw error;
  }
}

function problemsOf(
  issue: z.core.$ZodIssue,
  value: unknown,
  placeOf: ReturnType<typeof placesInYaml>,
): readonly Problem[] {
  const path = issue.path.filter((key): key is string | number => typeof key !== 'symbol');
  const problem = (at: readonly (string | number)[], message: string): Problem => {
    const given = at.reduce<unknown>(
      (inside, key) =>
        typeof inside === 'object' && inside !== null ? (inside as Record<string, unknown>)[key] : undefined,
      value,
    );
    const shown = typeof given === 'string' || typeof given === 'number' || typeof given === 'boolean' ? { given } : {};
    return {
      path: placeOf(at),
      message: `${at.join('.') === '' ? 'the file' : at.join('.')} ${message}`,
      ...shown,
    };
  };
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => problem([...path, key], 'is not a field of a release; remove it'));
  if (issue.code === 'invalid_type') return [problem(path, `must be ${kinds[issue.expected] ?? issue.expected}`)];
  if (issue.code === 'invalid_key') return [problem(path, sentence(issue.issues[0]?.message ?? issue.message))];
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
