import { listed } from '../formats/listed.ts';
import { oneOf } from '../suggestion.ts';
import { modelShapes } from './model-shapes.ts';
import type { FieldsShape, Shape } from './shape.ts';

/** The shape that a name stands for. */
export function resolved(shape: Shape): Shape {
  if (typeof shape !== 'string' || !shape.startsWith('#')) return shape;
  return resolved(modelShapes[shape.slice(1)] ?? 'data');
}

/** Read once for each shape, because every value of a delivery is held against one of few. */
const choicesOfNames = new Map<string, readonly Shape[]>();
const choicesOfShapes = new WeakMap<object, readonly Shape[]>();

/** Every shape that a value may have; the same list for the same shape. */
export function choicesOf(shape: Shape): readonly Shape[] {
  const read = typeof shape === 'string' ? choicesOfNames.get(shape) : choicesOfShapes.get(shape);
  if (read !== undefined) return read;
  const known = resolved(shape);
  const choices = typeof known === 'object' && 'anyOf' in known ? known.anyOf.flatMap(choicesOf) : [known];
  if (typeof shape === 'string') choicesOfNames.set(shape, choices);
  else choicesOfShapes.set(shape, choices);
  return choices;
}

/** A field of a mapping: its shape, and whether it must be there. */
export interface Field {
  readonly shape: Shape;
  readonly required: boolean;
  /** The words that it may be. */
  readonly words: readonly string[];
}

/** The fields of a mapping. */
interface Fields {
  readonly byName: ReadonlyMap<string, Field>;
  readonly required: readonly string[];
}

const fieldsRead = new WeakMap<FieldsShape, Fields>();

function readFields(shape: FieldsShape): Fields {
  const read = fieldsRead.get(shape);
  if (read !== undefined) return read;
  const fields = Object.entries(shape.fields).map(([key, field]): readonly [string, Field] => {
    const required = !key.endsWith('?');
    return [key.replace(/\?$/, ''), { shape: field, required, words: wordsOf(field) }];
  });
  const required = fields.filter(([, field]) => field.required).map(([name]) => name);
  const all = { byName: new Map(fields), required };
  fieldsRead.set(shape, all);
  return all;
}

const wordsOf = (shape: Shape): readonly string[] =>
  choicesOf(shape).flatMap((choice) => (typeof choice === 'object' && 'words' in choice ? choice.words : []));

/** The fields of a mapping by their names. */
export const expectedFields = (shape: FieldsShape): ReadonlyMap<string, Field> => readFields(shape).byName;

/** The names of the fields that must be there. */
export const requiredOf = (shape: FieldsShape): readonly string[] => readFields(shape).required;

/** What to write, in words: `a list, [ … ]`, `"TCP" or "UDP"`, `text or { kind: "host" | "port", … }`. */
export function expected(shape: Shape): string {
  const choices = choicesOf(shape);
  const mappings = choices.filter((choice) => typeof choice === 'object' && 'fields' in choice);
  const others = choices.filter((choice) => typeof choice !== 'object' || !('fields' in choice)).map(describe);
  const words = [...others, ...(mappings.length === 0 ? [] : [describeMappings(mappings)])];
  return listed(words, 'or');
}

function describe(shape: Shape): string {
  if (typeof shape === 'string')
    return { number: 'a number', boolean: 'true or false', data: 'plain data', function: 'a function' }[shape] ?? shape;
  if ('words' in shape) return oneOf(shape.words);
  return 'list' in shape ? 'a list, [ … ]' : 'a mapping, { … }';
}

/** The keys that a mapping needs, or the word that tells several mappings apart. */
function describeMappings(mappings: readonly FieldsShape[]): string {
  const [first] = mappings;
  const key = mappings.length > 1 ? tellingKey(mappings) : undefined;
  if (key !== undefined)
    return `{ ${key}: ${mappings.flatMap((mapping) => wordsAt(mapping, key).map((word) => JSON.stringify(word))).join(' | ')}, … }`;
  const required = first === undefined ? [] : requiredOf(first);
  const keys = required.map((name) => `${name}: ${first === undefined ? '' : valueAt(first, name)}`);
  return keys.length === 0
    ? 'a mapping, { … }'
    : `{ ${[...keys.slice(0, shown), ...(keys.length > shown ? ['…'] : [])].join(', ')} }`;
}

/** The only word that may stand under a key, or a place for what the user chooses. */
function valueAt(mapping: FieldsShape, key: string): string {
  const [word, ...others] = wordsAt(mapping, key);
  return word === undefined || others.length > 0 ? '…' : JSON.stringify(word);
}

const shown = 3;

/**
 * A key under which every one of several mappings has a word, of those that were not asked about yet: one that must be there, or else
 * one that a mapping leaves out where it is the usual one.
 */
export function tellingKey(mappings: readonly FieldsShape[], asked: readonly string[] = []): string | undefined {
  const keys = mappings
    .slice(0, 1)
    .flatMap((first) => [...expectedFields(first).keys()])
    .filter((key) => !asked.includes(key) && mappings.every((mapping) => wordsAt(mapping, key).length > 0));
  return keys.find((key) => mappings.every((mapping) => isRequired(mapping, key))) ?? keys[0];
}

/** Whether a key must be there. */
export const isRequired = (mapping: FieldsShape, key: string): boolean =>
  expectedFields(mapping).get(key)?.required ?? false;

/** The words that may stand under a key. */
export const wordsAt = (mapping: FieldsShape, key: string): readonly string[] =>
  expectedFields(mapping).get(key)?.words ?? [];
