import type { SchemaNode } from '../src/review/schema/schema-node.ts';
import type { SchemaGroups } from './schema-groups.ts';
import { definition } from './schema-groups.ts';

/**
 * Merges further limits into the definitions of the groups that were read.
 *
 * @throws Error when an addition names a definition or a field that is no longer there
 */
export function applyAdditions(groups: SchemaGroups, additions: Readonly<Record<string, SchemaNode>>): void {
  for (const [ref, limits] of Object.entries(additions)) {
    const [groupName = '', name = ''] = ref.split('#');
    const group = groups.get(groupName);
    if (group !== undefined) group.definitions.set(name, merged(definition(groups, ref), limits, ref));
  }
}

function merged(node: SchemaNode, limits: SchemaNode, place: string): SchemaNode {
  const { additionalProperties, allOf, items, properties, required, ...rest } = limits;
  return {
    ...node,
    ...rest,
    ...(additionalProperties === undefined
      ? {}
      : { additionalProperties: merged(node.additionalProperties ?? {}, additionalProperties, `${place}.*`) }),
    ...(allOf === undefined ? {} : { allOf: [...(node.allOf ?? []), ...allOf] }),
    ...(items === undefined ? {} : { items: merged(node.items ?? {}, items, `${place}[]`) }),
    ...(required === undefined ? {} : { required: [...new Set([...(node.required ?? []), ...required])].sort() }),
    ...(properties === undefined ? {} : { properties: mergedProperties(node, properties, place) }),
  };
}

function mergedProperties(
  node: SchemaNode,
  limits: Readonly<Record<string, SchemaNode>>,
  place: string,
): Record<string, SchemaNode> {
  const properties = { ...node.properties };
  for (const [name, limit] of Object.entries(limits)) {
    const property = properties[name];
    if (property === undefined) throw new Error(`${place}: there is no field ${name} any more`);
    properties[name] = merged(property, limit, `${place}.${name}`);
  }
  return properties;
}
