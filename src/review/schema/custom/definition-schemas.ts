import type { KindScope, SchemaNode } from '../schema-node.ts';
import { asKind } from './as-kind.ts';
import { compactSchema, rawSchema } from './compact-schema.ts';

/** A custom resource definition: the part that is read. */
export interface Definition {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly scope: KindScope;
    readonly versions: readonly {
      readonly name: string;
      readonly served: boolean;
      readonly schema: { readonly openAPIV3Schema: unknown };
    }[];
  };
}

/** One version of a kind. */
export interface DefinedKind {
  /** `version/Kind`. */
  readonly key: string;
  readonly scope: KindScope;
  readonly node: SchemaNode;
}

/**
 * The compact schema of each version that a definition serves. They say more than an API server's `/openapi/v2`, which leaves out what that
 * older format cannot hold.
 *
 * @throws Error when a schema is none, or says what nobody here can check
 */
export const kindsOf = ({ spec }: Definition): readonly DefinedKind[] =>
  spec.versions
    .filter(({ served }) => served)
    .map((version) => {
      const place = `${spec.group}/${version.name} ${spec.names.kind}`;
      const node = compactSchema(rawSchema(version.schema.openAPIV3Schema, place), noRef(place), place);
      return { key: `${version.name}/${spec.names.kind}`, scope: spec.scope, node: asKind(withMetadata(node)) };
    });

/** Every object has these, even one whose schema keeps quiet about them. */
function withMetadata(node: SchemaNode): SchemaNode {
  return {
    ...node,
    properties: {
      ...node.properties,
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: { $ref: 'meta#v1.ObjectMeta' },
    },
  };
}

function noRef(place: string): () => string {
  return () => {
    throw new Error(`${place}: $ref is not allowed in a custom resource definition`);
  };
}
