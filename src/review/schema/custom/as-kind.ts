import type { SchemaNode } from '../schema-node.ts';

/** Returns the schema of a kind, whose `status` nobody but the cluster writes. */
export function asKind(node: SchemaNode): SchemaNode {
  if (node.properties?.['status'] === undefined) return node;
  return {
    ...node,
    ...(node.required === undefined ? {} : { required: node.required.filter((name) => name !== 'status') }),
    properties: { ...node.properties, status: { readOnly: true } },
  };
}
