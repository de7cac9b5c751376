import path from 'node:path';
import { SchemaCatalog } from '../../../src/review/schema/schema-catalog.ts';
import { schemaReader } from '../../../src/review/schema/schema-files.ts';
import type { SchemaFinding } from '../../../src/objects/schema-finding.ts';
import { validateObject } from '../../../src/review/schema/validate-object.ts';
import type { KubernetesLines } from '../../../src/review/schema/served/served-finding.ts';

type Json = Record<string, unknown>;

/** The project's folder. */
export const projectRoot = path.join(import.meta.dirname, '..', '..', '..');

/** The schemas as the program reads them. */
export const catalog = new SchemaCatalog(schemaReader(projectRoot));

/** Returns a copy in which the field at the path, e.g. `spec.ports.0.name`, has another value; undefined removes it. */
export function changed(object: Json, fieldPath: string, value: unknown): Json {
  const copy = structuredClone(object);
  const steps = fieldPath.split('.');
  const last = steps.pop() ?? '';
  const parent = steps.reduce((at, step) => at[step] as Json, copy);
  if (value === undefined) Reflect.deleteProperty(parent, last);
  else parent[last] = value;
  return copy;
}

/** Returns the findings as lines of text. */
export function problems(object: Json, lines: Partial<KubernetesLines> = {}): readonly string[] {
  return validateObject(object, { catalog, kubernetes: { oldest: '1.36', newest: '1.36', ...lines } }).map(describe);
}

function describe({ field, given, message }: SchemaFinding): string {
  return `${field}: ${message}${given === undefined ? '' : `, got ${given}`}`;
}
