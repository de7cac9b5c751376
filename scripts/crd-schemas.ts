import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { loadAll } from 'js-yaml';
import type { KindScope, SchemaNode } from '../src/review/schema/schema-node.ts';
import { compactSchema, rawSchema } from './compact-schema.ts';
import { asKind } from './openapi-schemas.ts';
import type { SchemaGroups } from './schema-groups.ts';
import { schemaGroup } from './schema-groups.ts';

/** A custom resource definition: the part that is read. */
interface Definition {
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

/**
 * Adds the kinds of the custom resource definitions in a folder. They say more than an API server's `/openapi/v2`,
 * which leaves out what that older format cannot hold.
 *
 * @param source e.g. `Traefik v3.7.9`
 * @throws Error when the folder holds none
 */
export function addCustomResources(groups: SchemaGroups, folder: string, source: string): void {
  const definitions = readDefinitions(folder);
  if (definitions.length === 0) throw new Error(`${folder}: holds no CustomResourceDefinition`);
  // What an API server said of these groups is replaced as a whole.
  for (const name of new Set(definitions.map(({ spec }) => spec.group))) groups.delete(name);
  for (const { spec } of definitions) {
    const group = schemaGroup(groups, spec.group, source);
    for (const version of spec.versions.filter(({ served }) => served)) {
      const place = `${spec.group}/${version.name} ${spec.names.kind}`;
      const node = compactSchema(rawSchema(version.schema.openAPIV3Schema, place), noRef(place), place);
      group.definitions.set(`${version.name}.${spec.names.kind}`, asKind(withMetadata(node)));
      group.kinds.set(`${version.name}/${spec.names.kind}`, spec.scope);
    }
  }
}

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

function readDefinitions(folder: string): readonly Definition[] {
  return readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .flatMap((name) => loadAll(readFileSync(path.join(folder, name), 'utf8')))
    .filter(isDefinition);
}

function isDefinition(value: unknown): value is Definition {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'CustomResourceDefinition';
}
