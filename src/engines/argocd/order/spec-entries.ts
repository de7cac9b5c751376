import type { KubernetesObject } from '../../../model/application.ts';

/** The spec of an object, whatever it is. */
export const specOf = (object: KubernetesObject): unknown => object['spec'];

/** The entries of a list of a spec, by what they say; the order of keys makes no difference. */
export function entriesOf(spec: unknown, list: string): ReadonlyMap<string, unknown> {
  const entries = typeof spec === 'object' && spec !== null ? (spec as Readonly<Record<string, unknown>>)[list] : [];
  return new Map(Array.isArray(entries) ? entries.map((entry: unknown) => [keyOf(entry), entry]) : []);
}

const keyOf = (entry: unknown): string =>
  typeof entry === 'object' && entry !== null
    ? JSON.stringify(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)))
    : JSON.stringify(entry);
