import type { KindScope, SchemaNode } from '../schema-node.ts';
import { asKind } from './as-kind.ts';
import { compactSchema, everyObject, rawSchema, type LeaveOut } from './compact-schema.ts';

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
 * @param leaveOut takes what a schema says and nobody here can check. @default - it is an error
 * @throws Error when a schema is none
 */
export const kindsOf = ({ spec }: Definition, leaveOut?: LeaveOut): readonly DefinedKind[] =>
  spec.versions
    .filter(({ served }) => served)
    .map((version) => {
      const place = `${spec.group}/${version.name} ${spec.names.kind}`;
      const node = compactSchema(rawSchema(version.schema.openAPIV3Schema, place), noRef(place), place, leaveOut);
      return { key: `${version.name}/${spec.names.kind}`, scope: spec.scope, node: asKind(withMetadata(node)) };
    });

/** Every object has these, even one whose schema keeps quiet about them. */
function withMetadata(node: SchemaNode): SchemaNode {
  return {
    ...node,
    properties: { ...node.properties, ...everyObject },
  };
}

function noRef(place: string): () => string {
  return () => {
    throw new Error(`${place}: $ref is not allowed in a custom resource definition`);
  };
}
