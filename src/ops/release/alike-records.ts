import * as z from 'zod';
import { readAsWritten } from './as-written.ts';
import { readReleaseRecord } from './read-release-record.ts';
import type { ReleaseRecord } from './release-record.ts';
import { releaseSchemaV1 } from './release-schema.ts';

/** Kinds of files that are known at once: a branch has few, because promotions differ in what they say and not in what they say it of. */
const MOST = 16;

/** From here on a file is read by itself. */
const LARGE = 65_536;

/** A text between quotation marks as {@link readAsWritten} takes it, without a backslash. */
const PLAIN = /^[ !#-[\]-~\u00a1-\u1fff]*$/;

/**
 * A reader of many files: what {@link readReleaseRecord} says of each, in a fraction of its time where they are alike, as those of one branch are.
 * Of a file that differs from one before in nothing but texts between quotation marks only these texts are looked at.
 */
export function alikeRecords(): typeof readReleaseRecord {
  const known: Mould[] = [];
  return (source, file) => {
    if (source.length > LARGE) return readReleaseRecord(source, file);
    const parts = source.split('"');
    const mould = known.find((one) => one.fits(parts));
    const cast = mould?.cast(parts);
    if (cast !== undefined) return cast;
    const record = readReleaseRecord(source, file);
    const made = mould === undefined ? mouldOf(source, parts, record) : undefined;
    if (made !== undefined) known.unshift(made);
    known.splice(MOST);
    return record;
  };
}

/** Gives a part of a record, of the texts of a file. */
type Maker = (parts: readonly string[]) => unknown;

/** A text of a file: which part it is, and what may stand there. */
interface Place {
  readonly part: number;
  readonly schema: z.ZodType;
}

/** What files have in common that differ in texts between quotation marks alone. */
class Mould {
  constructor(
    private readonly example: readonly string[],
    private readonly places: readonly Place[],
    private readonly make: Maker,
  ) {}

  /** Whether a file has the very same outside of its texts. */
  fits(parts: readonly string[]): boolean {
    const { example } = this;
    if (parts.length !== example.length) return false;
    for (let i = 0; i < parts.length; i += 2) if (parts[i] !== example[i]) return false;
    return true;
  }

  /** The record of a file that fits; undefined where one of its texts may not stand there, or is written in another way. */
  cast(parts: readonly string[]): ReleaseRecord | undefined {
    const { example } = this;
    for (const { part, schema } of this.places) {
      const text = parts[part] ?? '';
      if (text === example[part]) continue;
      // What a file is of decides what else may stand in it.
      if (schema instanceof z.ZodLiteral || !PLAIN.test(text) || !schema.safeParse(text).success) return undefined;
    }
    return this.make(parts) as ReleaseRecord;
  }
}

/** What a file has in common with those like it; undefined where it is not laid out as this program does it, or a text in it could not be told from its surroundings. */
function mouldOf(source: string, parts: readonly string[], record: ReleaseRecord): Mould | undefined {
  const value = source.includes('\\') ? undefined : readAsWritten(source);
  if (value === undefined) return undefined;
  const places = new Map<string, Place>();
  const find = (it: unknown, path: readonly string[], schema: z.ZodType | undefined): boolean => {
    if (typeof it === 'object' && it !== null)
      return Object.entries(it).every(([key, inside]) => find(inside, [...path, key], schemaBelow(schema, it, key)));
    if (typeof it !== 'string') return true;
    const part = places.size * 2 + 1;
    if (schema === undefined || parts[part] !== it) return false;
    places.set(JSON.stringify(path), { part, schema });
    return true;
  };
  if (!find(value, [], releaseSchemaV1) || parts.length !== places.size * 2 + 1) return undefined;
  return new Mould(parts, [...places.values()], makerOf(record, [], places));
}

/** What the schema says of a key; undefined where it says nothing. */
function schemaBelow(schema: z.ZodType | undefined, value: object, key: string): z.ZodType | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return schemaBelow(schema.unwrap() as z.ZodType, value, key);
  if (schema instanceof z.ZodObject) return bare(schema.shape[key] as z.ZodType | undefined);
  if (schema instanceof z.ZodRecord) return bare(schema.valueType as z.ZodType);
  if (schema instanceof z.ZodArray) return bare(schema.element as z.ZodType);
  if (schema instanceof z.ZodDiscriminatedUnion)
    return schemaBelow(
      (schema.options as readonly z.ZodType[]).find((option) => option.safeParse(value).success),
      value,
      key,
    );
  return undefined;
}

const bare = (schema: z.ZodType | undefined): z.ZodType | undefined =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodDefault ? bare(schema.unwrap() as z.ZodType) : schema;

/** What makes a record like one that was read, with texts of another file. */
function makerOf(value: unknown, path: readonly string[], places: ReadonlyMap<string, Place>): Maker {
  if (Array.isArray(value)) {
    const makers = value.map((item, i) => makerOf(item, [...path, String(i)], places));
    return (parts) => makers.map((make) => make(parts));
  }
  if (typeof value === 'object' && value !== null) {
    const makers = Object.entries(value).map(([key, item]) => [key, makerOf(item, [...path, key], places)] as const);
    return (parts) => {
      const made: Record<string, unknown> = {};
      for (const [key, make] of makers) made[key] = make(parts);
      return made;
    };
  }
  const part = places.get(JSON.stringify(path))?.part;
  return part === undefined ? () => value : (parts) => parts[part];
}
