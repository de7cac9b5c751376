import { createHash } from 'node:crypto';

/**
 * A digest of a value, of which two have the same only where no program can tell them apart; undefined where it holds what is no data, e.g. a function.
 *
 * It is of what the value is, and not of how the engine happens to hold it: `v8.serialize` writes the same number or text in several ways.
 */
export function digestOf(value: unknown): string | undefined {
  const parts: string[] = [];
  try {
    if (!write(value, parts)) return undefined;
  } catch (error) {
    // It holds itself.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
  return createHash('sha256').update(parts.join('')).digest('hex');
}

/** Writes a value, no other in the same way. @returns whether it is data */
function write(value: unknown, parts: string[]): boolean {
  switch (typeof value) {
    case 'string':
      parts.push(JSON.stringify(value));
      return true;
    case 'number':
      parts.push(Object.is(value, -0) ? '-0' : String(value));
      return true;
    case 'boolean':
    case 'undefined':
      parts.push(String(value));
      return true;
    case 'object':
      if (value !== null) return writeObject(value, parts);
      parts.push('null');
      return true;
    default:
      return false;
  }
}

function writeObject(value: object, parts: string[]): boolean {
  if (Array.isArray(value)) return writeList(value, parts);
  if (value instanceof Map) return writeList([...value], parts, 'map[');
  if (value instanceof Set) return writeList([...value], parts, 'set[');
  if (value instanceof Date) return writeList([value.getTime()], parts, 'date[');
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  parts.push(prototype === null ? 'bare{' : '{');
  for (const key of Object.keys(value)) {
    parts.push(JSON.stringify(key), ':');
    if (!write((value as Readonly<Record<string, unknown>>)[key], parts)) return false;
    parts.push(',');
  }
  parts.push('}');
  return true;
}

/** A place of it that nothing was put into is not one that holds undefined. */
function writeList(list: readonly unknown[], parts: string[], begin = '['): boolean {
  parts.push(begin);
  for (let i = 0; i < list.length; i += 1) {
    if (!(i in list)) parts.push('hole');
    else if (!write(list[i], parts)) return false;
    parts.push(',');
  }
  parts.push(']');
  return true;
}
