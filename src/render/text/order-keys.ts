/** Keys that come first wherever they stand; the others follow by their code units. */
const first: ReadonlyMap<string, number> = new Map(
  ['apiVersion', 'kind', 'metadata', 'name', 'namespace', 'image'].map((key, rank) => [key, rank]),
);
const later = first.size;

/**
 * The same JSON value with the keys of every object in one fixed order, whatever order they were made in: identity first, then
 * the alphabet. Lists keep their order.
 */
export function orderKeys<Value>(value: Value): Value {
  return ordered(value) as Value;
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const record = value as Readonly<Record<string, unknown>>;
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(record).sort(byRank)) {
    // Assigned, this one would not become a key.
    if (key === '__proto__')
      Object.defineProperty(result, key, {
        value: ordered(record[key]),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    else result[key] = ordered(record[key]);
  }
  return result;
}

function byRank(a: string, b: string): number {
  const difference = (first.get(a) ?? later) - (first.get(b) ?? later);
  return difference !== 0 ? difference : a < b ? -1 : 1;
}
