import type * as z from 'zod';
import { refuseNotText } from '../../model/formats/strict-yaml.ts';
import { ProblemsError } from '../../model/problem.ts';
import type { MovableField } from '../../objects/files/movable-field.ts';
import { branchIndexV1, branchIndexV2 } from './branch-index-schema.ts';
import { fileDigest } from './file-digest.ts';

/** Name of the file that holds it, at the top of an environment's branch. */
export const INDEX_FILE = 'index.json';

/** One object of a branch, and how to tell whether its file was edited. */
export interface IndexedObject {
  readonly apiVersion: string;
  readonly kind: string;
  /** @default - cluster-wide */
  readonly namespace?: string;
  readonly name: string;
  /** Path of the construct that made it. */
  readonly construct: string;
  /** Registry repositories of the images whose version a release sets here. @default - none */
  readonly images?: readonly string[];
  /** Digest of the file without the versions of `images`, or without its movable fields. */
  readonly digest: string;
}

/** What of a branch is ours to change or remove: the whole of `index.json`. */
export interface BranchIndex {
  readonly project: string;
  readonly environment: string;
  /** File → object. */
  readonly objects: Readonly<Record<string, IndexedObject>>;
  /** Other files of ours → digest. */
  readonly files: Readonly<Record<string, string>>;
  /**
   * Fields that somebody else than this program moves, by file; the digests leave out exactly these. With them it is `portolan/v2`.
   *
   * @default - nobody else moves anything, and the digests of objects leave out the versions of their `images`
   */
  readonly fields?: Readonly<Record<string, readonly MovableField[]>>;
  /** Secrets that must exist beside the objects, as `<namespace>/<name>` → keys. */
  readonly secrets: Readonly<Record<string, readonly string[]>>;
  /** Whether the file was written before it had a digest of itself. @default false */
  readonly unsealed?: true;
}

/** One reader for each version there has ever been. */
const readers: Readonly<Record<string, z.ZodType>> = {
  'portolan/v1': branchIndexV1,
  'portolan/v2': branchIndexV2,
};

/**
 * Writes `index.json` with one object on a line, so that a commit shows which ones it touched, and a digest of all other lines, so
 * that an edit in them is seen.
 */
export function writeBranchIndex(index: BranchIndex): string {
  const text = writeLines(index);
  if (index.unsealed === true) return text;
  return text.replace(
    /^( {2}"environment": .*)$/m,
    (line) => `${line}\n  "digest": ${JSON.stringify(fileDigest(text))},`,
  );
}

function writeLines(index: BranchIndex): string {
  const lines = (entries: Readonly<Record<string, unknown>>): string => {
    const keys = Object.keys(entries).sort();
    return keys.length === 0
      ? '{}'
      : `{\n${keys.map((key) => `    ${JSON.stringify(key)}: ${JSON.stringify(entries[key])}`).join(',\n')}\n  }`;
  };
  const objects = Object.fromEntries(
    Object.entries(index.objects).map(
      ([path, { apiVersion, kind, namespace, name, construct, images, digest: of }]) => [
        path,
        { apiVersion, kind, namespace, name, construct, images, digest: of },
      ],
    ),
  );
  const fields = Object.entries(index.fields ?? {}).map(([path, all]) => [path, all.map(ordered)] as const);
  return `${opening(index.fields === undefined ? 'v1' : 'v2')}  "project": ${JSON.stringify(index.project)},
  "environment": ${JSON.stringify(index.environment)},
  "files": ${lines(index.files)},${index.fields === undefined ? '' : `\n  "fields": ${lines(Object.fromEntries(fields))},`}
  "secrets": ${lines(index.secrets)},
  "objects": ${lines(objects)}
}
`;
}

/** Whether an `index.json` leaves fields to others, told by its first lines: an edit in the rest of it makes no difference. */
export const leavesFields = (text: string): boolean => text.startsWith(opening('v2'));

const opening = (version: 'v1' | 'v2'): string => `{\n  "apiVersion": "portolan/${version}",\n`;

/** A field with its keys in one order. */
const ordered = (field: MovableField): MovableField => {
  const { artifact } = field;
  switch (field.kind) {
    case 'image':
      return { kind: field.kind, artifact, repository: field.repository };
    case 'value':
      return { kind: field.kind, artifact, path: field.path, carries: field.carries };
    case 'marker':
      return { kind: field.kind, artifact, marker: field.marker, carries: field.carries };
  }
};

/**
 * Reads `index.json`. It must be, to the byte, what this program writes: anything else was edited.
 *
 * @throws ProblemsError with file and line of the first difference
 */
export function readBranchIndex(source: string, file = INDEX_FILE): BranchIndex {
  refuseNotText(file, source);
  const value = parse(source, file);
  const version = typeof value === 'object' && value !== null && 'apiVersion' in value ? value.apiVersion : undefined;
  const reader = typeof version === 'string' && Object.hasOwn(readers, version) ? readers[version] : undefined;
  if (reader === undefined) {
    throw new ProblemsError(file, [
      {
        path: `${file}:2`,
        message: `apiVersion must be one that this program reads: ${Object.keys(readers).join(', ')}`,
        given: version ?? null,
      },
    ]);
  }
  const result = reader.safeParse(value);
  if (!result.success) {
    throw new ProblemsError(
      file,
      result.error.issues.map((issue) => ({
        path: `${file}: ${issue.path.join('.')}`,
        message: issue.message.charAt(0).toLowerCase() + issue.message.slice(1),
      })),
    );
  }
  const {
    apiVersion: _,
    digest: seal,
    ...read
  } = result.data as BranchIndex & { readonly apiVersion: string; readonly digest?: string };
  const index: BranchIndex = seal === undefined ? { ...read, unsealed: true } : read;
  const line = firstDifference(source, writeBranchIndex(index));
  if (line !== undefined)
    throw new ProblemsError(file, [
      { path: `${file}:${line}`, message: 'was edited: it is not as this program writes it' },
    ]);
  return index;
}

/**
 * The version of an index that a newer package wrote; nothing where it is one that this package reads, or an edit by hand. What never changes
 * from one version to another: the line of the version, and the line with the digest of all others.
 */
export function newerVersion(source: string): string | undefined {
  const version = /^ {2}"apiVersion": "(portolan\/v\d+)",$/m.exec(source)?.[1];
  if (version === undefined || Object.hasOwn(readers, version)) return undefined;
  const seal = /^ {2}"digest": "(sha256:[0-9a-f]{64})",\n/m;
  return seal.exec(source)?.[1] === fileDigest(source.replace(seal, '')) ? version : undefined;
}

/** Versions that this package reads. */
export const readVersions: readonly string[] = Object.keys(readers);

function parse(source: string, file: string): unknown {
  try {
    return JSON.parse(source) as unknown;
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const offset = /position (\d+)/.exec(said)?.[1];
    const line = offset === undefined ? source.split('\n').length : source.slice(0, Number(offset)).split('\n').length;
    throw new ProblemsError(file, [{ path: `${file}:${line}`, message: 'is not JSON' }]);
  }
}

/** Number, from 1, of the first line in which two texts differ; undefined when they are the same. */
export function firstDifference(a: string, b: string): number | undefined {
  if (a === b) return undefined;
  const [left, right] = [a.split('\n'), b.split('\n')];
  return left.findIndex((line, i) => line !== right[i]) + 1 || left.length;
}
