import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { ProblemsError } from '../../model/problem.ts';
import { indexWith, joined, projectSchemasFolder, type ProjectSchemas } from './custom/project-schemas.ts';
import type { ReadSchema, SchemaFile, SchemaIndex } from './schema-node.ts';

/**
 * Reads the compact schemas from Portolan's own `schemas/`, and those that a project added beside its `project.ts`: those count where both
 * know a kind.
 *
 * The folders are arguments because the commands run bundled, so that no module knows where it lies.
 * @param packageFolder the folder that holds `schemas/`
 * @param projectFolder the folder of `project.ts`. @default - no project
 * @throws Error from the returned function, when a file is missing or is not JSON
 */
export function schemaReader(packageFolder: string, projectFolder?: string): ReadSchema {
  let added: ReadonlyMap<string, ProjectSchemas> | undefined;
  const shipped = (name: string): unknown =>
    JSON.parse(readFileSync(path.join(packageFolder, 'schemas', `${name}.json`), 'utf8'));
  return (name) => {
    added ??= projectFolder === undefined ? new Map() : projectSchemas(projectFolder);
    if (name === 'index') return indexWith(shipped('index') as SchemaIndex, added);
    const own = added.get(name);
    if (own === undefined) return shipped(name);
    const isShipped = Object.hasOwn((shipped('index') as SchemaIndex).groups, name);
    return joined(isShipped ? { source: '', kinds: {}, ...(shipped(name) as SchemaFile) } : undefined, own);
  };
}

/** Names of the files of a folder that hold schemas, in their order. @throws Error when there is no such folder */
export const schemaNamesIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort();

/**
 * The schemas that a project added, by API group.
 *
 * @throws ProblemsError when a file is not what `portolan schemas add` writes
 */
export function projectSchemas(projectFolder: string): ReadonlyMap<string, ProjectSchemas> {
  const folder = path.join(projectFolder, projectSchemasFolder);
  if (!existsSync(folder)) return new Map();
  const files = schemaNamesIn(folder);
  return new Map(
    files.map((name) => {
      const parsed = jsonIn(path.join(folder, name));
      if (!isProjectSchemas(parsed))
        throw new ProblemsError('the schemas', [
          {
            path: `${projectSchemasFolder}/${name}`,
            message: 'is not what "npx portolan schemas add FILE" writes; remove it, and add its definitions again',
          },
        ]);
      return [name.slice(0, -'.json'.length), parsed] as const;
    }),
  );
}

function jsonIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

const isProjectSchemas = (value: unknown): value is ProjectSchemas =>
  typeof value === 'object' &&
  value !== null &&
  ['kinds', 'definitions'].every((key) => {
    const part = (value as Readonly<Record<string, unknown>>)[key];
    return typeof part === 'object' && part !== null && !Array.isArray(part);
  });
