import type { SchemaCatalog } from './schema-catalog.ts';
import type { SchemaNode } from './schema-node.ts';

/** A JSON object. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** Returns whether the value is a JSON object. */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const typeWords: Readonly<Record<NonNullable<SchemaNode['type']>, string>> = {
  array: 'a list',
  boolean: 'true or false',
  integer: 'an integer',
  number: 'a number',
  object: 'an object',
  string: 'a string',
};

/** Longest list of words that a message still spells out. */
const mostWords = 12;

/** Returns the words of an enum for a message, e.g. `one of "a", "b"`, or undefined when they are too many. */
export function knownWords(node: SchemaNode): string | undefined {
  const words = (node.enum ?? []).filter((word) => word !== '' && word !== null);
  if (words.length === 0 || words.length > mostWords) return undefined;
  return `${words.length === 1 ? '' : 'one of '}${words.map((word) => JSON.stringify(word)).join(', ')}`;
}

/** Returns what a value of the schema is, e.g. `an integer`. */
export function valueWords(node: SchemaNode, catalog: SchemaCatalog): string {
  if (node.$ref !== undefined) return valueWords(catalog.resolve(node.$ref), catalog);
  const words = knownWords(node);
  if (words !== undefined) return words;
  if (node['x-kubernetes-int-or-string'] === true) return 'an integer or a string';
  if (node.type !== undefined) return typeWords[node.type];
  return node.format === 'quantity' || node.format === 'amount' ? 'a quantity such as "500m" or "256Mi"' : 'a value';
}

/** Returns whether a value that is neither an object nor a list has the type. */
export function isScalarOf(value: unknown, type: SchemaNode['type']): boolean {
  switch (type) {
    case 'boolean':
    case 'number':
    case 'string':
      return typeof value === type;
    case 'integer':
      return Number.isInteger(value);
    case 'array':
    case 'object':
    case undefined:
      return false;
  }
}

/**
 * Returns what is wrong with a value that is not of the type, and what to write.
 *
 * @param mayQuote whether the message may repeat the value
 */
export function wrongType(value: unknown, node: SchemaNode, catalog: SchemaCatalog, mayQuote: boolean): string {
  const problem = `must be ${valueWords(node, catalog)}`;
  if (node.type === 'string' && (typeof value === 'number' || typeof value === 'boolean')) {
    return mayQuote ? `${problem}; write "${String(value)}"` : `${problem}; put it in quotes`;
  }
  if (typeof value !== 'string') return problem;
  const isNumber =
    (node.type === 'integer' && /^-?\d+$/.test(value)) || (node.type === 'number' && /^-?\d+(\.\d+)?$/.test(value));
  const isSwitch = node.type === 'boolean' && /^(true|false)$/.test(value);
  return isNumber || isSwitch ? `${problem}; write ${value} without quotes` : problem;
}
