import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { loadAll } from 'js-yaml';
import { kindsOf, type Definition } from '../src/review/schema/custom/definition-schemas.ts';
import type { SchemaGroups } from './schema-groups.ts';
import { schemaGroup } from './schema-groups.ts';

/**
 * Adds the kinds of the custom resource definitions in a folder.
 *
 * @param source e.g. `Traefik v3.7.9`
 * @throws Error when the folder holds none
 */
export function addCustomResources(groups: SchemaGroups, folder: string, source: string): void {
  const definitions = readDefinitions(folder);
  if (definitions.length === 0) throw new Error(`${folder}: holds no CustomResourceDefinition`);
  // What an API server said of these groups is replaced as a whole.
  for (const name of new Set(definitions.map(({ spec }) => spec.group))) groups.delete(name);
  for (const definition of definitions) {
    const group = schemaGroup(groups, definition.spec.group, source);
    for (const { key, scope, node } of kindsOf(definition)) {
      group.definitions.set(key.replace('/', '.'), node);
      group.kinds.set(key, scope);
    }
  }
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
