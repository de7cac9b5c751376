import { parseQuantity } from '../../../model/formats/quantity.ts';

/** Whether two JSON values are the same, whatever the order of keys; `null` is the same as nothing. */
export function sameValue(before: unknown, after: unknown): boolean {
  if (before === after) return true;
  if (typeof before !== 'object' || typeof after !== 'object' || before === null || after === null)
    return (before ?? undefined) === (after ?? undefined);
  if (Array.isArray(before))
    return (
      Array.isArray(after) && before.length === after.length && before.every((entry, i) => sameValue(entry, after[i]))
    );
  if (Array.isArray(after)) return false;
  const [left, right] = [before as Fields, after as Fields];
  for (const key of Object.keys(left)) if (!sameValue(left[key], fieldOf(right, key))) return false;
  for (const key of Object.keys(right))
    if (!Object.hasOwn(left, key) && (right[key] ?? undefined) !== undefined) return false;
  return true;
}

type Fields = Readonly<Record<string, unknown>>;

/** A field of its own, so that a key such as `constructor` is not found where it is not. */
export const fieldOf = (fields: Fields, key: string): unknown => (Object.hasOwn(fields, key) ? fields[key] : undefined);

/** The value as JSON with sorted keys: the same text for the same value. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const fields = value as Fields;
  const keys = Object.keys(fields)
    .filter((key) => (fields[key] ?? undefined) !== undefined)
    .sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(fields[key])}`).join(',')}}`;
}

/** Fields whose entries are quantities. */
const quantityMaps: ReadonlySet<unknown> = new Set(['limits', 'requests', 'capacity', 'hard']);
const quantityFields: ReadonlySet<unknown> = new Set(['sizeLimit', 'averageValue']);

/** Whether two values of a field are one quantity in two spellings, e.g. `1Gi` and `1024Mi`. */
export function sameQuantity(parent: unknown, field: unknown, before: unknown, after: unknown): boolean {
  if (!quantityMaps.has(parent) && !quantityFields.has(field)) return false;
  const [left, right] = [comparableQuantity(before), comparableQuantity(after)];
  return left !== undefined && left === right;
}

/** The number that a quantity in YAML stands for; a plain number is one too. */
export const comparableQuantity = (value: unknown): number | undefined =>
  typeof value === 'number' || typeof value === 'string' ? parseQuantity(String(value)) : undefined;
