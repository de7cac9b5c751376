import { keysOfList } from './list-keys.ts';
import type { SchemaNode } from './schema-node.ts';
import type { JsonRecord } from './type-words.ts';
import { isRecord } from './type-words.ts';
import type { WalkState } from './walk-state.ts';

/**
 * Adds a finding for each entry that has the identity of an earlier one. The API server refuses some of these, and of
 * others, e.g. environment variables, lets the last one win.
 */
export function addDuplicates(list: readonly unknown[], node: SchemaNode, state: WalkState): void {
  const keys = keysOfList(node);
  if (keys === 'atomic' || list.length < 2) return;
  const seen = new Map<unknown, number>();
  list.forEach((entry, position) => {
    const identity = keys === 'set' ? setIdentity(entry) : mapIdentity(entry, keys, node, state);
    if (identity === undefined) return;
    const first = seen.get(identity);
    if (first === undefined) {
      seen.set(identity, position);
      return;
    }
    const name = String(state.steps.at(-1) ?? '');
    if (keys === 'set') state.addBelow(position, `is already in ${name}[${first}]; remove one of them`, entry);
    else
      state.addBelow(
        position,
        `has the same ${keys.join(' and ')} as ${name}[${first}]; remove one of them`,
        keyValue(entry, keys),
      );
  });
}

function setIdentity(entry: unknown): string | number | undefined {
  return typeof entry === 'string' || typeof entry === 'number' ? entry : undefined;
}

/** Equal values for entries of one identity. An entry whose keys are missing is found elsewhere. */
function mapIdentity(entry: unknown, keys: readonly string[], node: SchemaNode, state: WalkState): unknown {
  if (!isRecord(entry) || node.items === undefined) return undefined;
  const [only = ''] = keys;
  if (keys.length === 1 && typeof entry[only] === 'string') return entry[only];
  const items = node.items.$ref === undefined ? node.items : state.catalog.resolve(node.items.$ref);
  const values = keys.map((key) => entry[key] ?? items.properties?.[key]?.default ?? null);
  return values.every((value) => value === null) ? undefined : JSON.stringify(values);
}

function keyValue(entry: unknown, keys: readonly string[]): unknown {
  const record: JsonRecord = isRecord(entry) ? entry : {};
  const values = keys
    .map((key) => record[key])
    .filter((value) => typeof value === 'string' || typeof value === 'number');
  return values.length === 1 ? values[0] : values.join('/');
}
