import { createHash } from 'node:crypto';

/**
 * A short checksum of configuration, the same for the same names, keys and values in any order.
 *
 * @param configs - data by ConfigMap name
 */
export function checksumOf(configs: Readonly<Record<string, Readonly<Record<string, string>>>>): string {
  const sorted = byKey(configs).map(([name, data]) => [name, byKey(data)]);
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 16);
}

const byKey = <Value>(record: Readonly<Record<string, Value>>): readonly (readonly [string, Value])[] =>
  Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
