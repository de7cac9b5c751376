import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ReadSchema } from './schema-node.ts';

/**
 * Reads the compact schemas from the project's `schemas/` folder.
 *
 * The folder is an argument because the commands run bundled, so that no module knows where it lies.
 * @param projectRoot the folder that holds `schemas/`
 * @throws Error from the returned function, when a file is missing or is not JSON
 */
export function schemaReader(projectRoot: string): ReadSchema {
  return (name) => {
    const parsed: unknown = JSON.parse(readFileSync(path.join(projectRoot, 'schemas', `${name}.json`), 'utf8'));
    return parsed;
  };
}
