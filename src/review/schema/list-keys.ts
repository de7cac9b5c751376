import type { ListKeys } from '../../objects/change/list-keys.ts';
import type { ObjectKind, SchemaCatalog } from './schema-catalog.ts';
import type { FieldStep } from './schema-path.ts';
import type { SchemaNode } from './schema-node.ts';

/** Returns how the entries of the list that the schema describes are told apart. */
export function keysOfList(node: SchemaNode): ListKeys {
  const mapKeys = node['x-kubernetes-list-map-keys'];
  if (mapKeys !== undefined) return mapKeys;
  if (node['x-kubernetes-list-type'] === 'set') return 'set';
  const mergeKey = node['x-kubernetes-patch-merge-key'];
  return mergeKey === undefined ? 'atomic' : [mergeKey];
}

/**
 * Returns how the entries of the list at a place of an object are told apart; `atomic` when nothing is known.
 *
 * @param path from the object's root; positions in lists may be left out, e.g. `['spec', 'ports', 'name']`
 */
export function listKeys(catalog: SchemaCatalog, object: ObjectKind, path: readonly FieldStep[]): ListKeys {
  let node = catalog.kindSchema(object);
  for (const step of path) {
    if (node === undefined) return 'atomic';
    node = childSchema(catalog, node, step);
  }
  return node === undefined ? 'atomic' : keysOfList(node);
}

/** Returns the schema one step below another, or undefined when that knows nothing about the step. */
export function childSchema(catalog: SchemaCatalog, node: SchemaNode, step: FieldStep): SchemaNode | undefined {
  const here = node.$ref === undefined ? node : catalog.resolve(node.$ref);
  if (typeof step === 'number') return here.items;
  if (here.items !== undefined) return childSchema(catalog, here.items, step);
  if (here.properties !== undefined && Object.hasOwn(here.properties, step)) return here.properties[step];
  return here.additionalProperties;
}
