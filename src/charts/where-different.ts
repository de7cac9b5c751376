import { fieldsOf } from '../objects/fields.ts';

/** Where two values of plain data differ first; nothing where they are the same. */
export function whereDifferent(one: unknown, other: unknown, path: string): string | undefined {
  if (Array.isArray(one) && Array.isArray(other)) {
    if (one.length !== other.length) return path;
    for (const [i, item] of (one as readonly unknown[]).entries()) {
      const found = whereDifferent(item, other[i], `${path}[${i}]`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (!isMapping(one) || !isMapping(other)) return Object.is(one, other) ? undefined : path;
  const [before, after] = [fieldsOf(one), fieldsOf(other)];
  for (const key of [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()) {
    const found = whereDifferent(before[key], after[key], `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

const isMapping = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
