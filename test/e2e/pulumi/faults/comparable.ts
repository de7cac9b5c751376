/** What the server numbers, dates or draws by lot. */
const drawn = new Set(['id', 'node_id', 'created_at', 'updated_at', 'publicKey', 'next', 'url', 'delay', 'tokens']);

const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A mapping under numbers as the list of what stands under them. */
const isNumbered = (value: Readonly<Record<string, unknown>>): boolean =>
  Object.keys(value).length > 0 && Object.keys(value).every((key) => /^\d+$/.test(key));

const sorted = (items: readonly unknown[]): readonly unknown[] =>
  items
    .map((item) => [JSON.stringify(item), item] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, item]) => item);

/** What GitHub keeps, without what differs between two servers that were asked for the same. */
export function comparable(state: unknown): unknown {
  if (Array.isArray(state)) return sorted(state.map(comparable));
  if (!isMapping(state)) return typeof state === 'string' && /^[0-9a-f]{40}$/.test(state) ? 'a commit' : state;
  if (isNumbered(state)) return sorted(Object.values(state).map(comparable));
  return Object.fromEntries(
    Object.entries(state)
      .filter(([key]) => !drawn.has(key))
      .map(([key, value]) => [key, key === 'actor_id' || key === 'integration_id' ? value : comparable(value)])
      .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  );
}
