import { closest } from '../../model/suggestion.ts';
import { schemaPath } from './schema-path.ts';
import type { SchemaNode } from './schema-node.ts';
import type { WalkState } from './walk-state.ts';

/** Longest list of fields that a message still spells out. */
const mostFields = 12;

/** Adds the finding about a field that the schema of the object at hand does not know. */
export function addUnknownField(name: string, node: SchemaNode, state: WalkState): void {
  state.addBelow(name, `unknown field; ${remedy(name, node, state)}`);
}

function remedy(name: string, node: SchemaNode, state: WalkState): string {
  const known = Object.keys(node.properties ?? {});
  const near = closest(name, known);
  if (near !== undefined) return `write "${near}"`;
  const steps = state.placeOf(name);
  if (steps !== undefined) {
    const place = schemaPath(steps);
    return place === '' ? 'it belongs to the object itself' : `it belongs to ${place}`;
  }
  if (known.length === 0) return 'nothing can be written here';
  return known.length > mostFields ? 'remove it' : `remove it, or write one of ${known.join(', ')}`;
}
