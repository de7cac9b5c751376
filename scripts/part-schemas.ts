import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { compactSchema, everyObject, rawSchema, type RawSchema } from '../src/review/schema/custom/compact-schema.ts';
import { withFieldRules } from './part-rules.ts';
import type { SchemaGroups } from './schema-groups.ts';
import { schemaGroup } from './schema-groups.ts';

/**
 * Adds JSON Schemas of parts of custom resources, one a file, as kinds of a group: `git-push-config.json` is the kind `git-push`.
 * What fields ask of each other (`oneOf`) becomes rules of our own.
 *
 * @param source e.g. `Kargo v1.11.2`
 */
export function addParts(groups: SchemaGroups, name: string, folder: string, source: string): void {
  groups.delete(name);
  const group = schemaGroup(groups, name, source);
  const read = (file: string): RawSchema =>
    rawSchema(JSON.parse(readFileSync(path.join(folder, file), 'utf8')), path.join(folder, file));
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  for (const file of files.sort()) {
    const raw = read(file);
    if (raw['properties'] === undefined && raw['minProperties'] === undefined) continue;
    const kind = file.replace(/(-config)?\.json$/, '');
    const whole = rawSchema(inlined(raw, raw, read), file);
    const node = compactSchema(whole, (ref) => ref, file);
    const isOpen = raw['properties'] === undefined;
    group.definitions.set(`v1alpha1.${kind}`, {
      ...node,
      ...(isOpen ? { 'x-kubernetes-preserve-unknown-fields': true } : {}),
      properties: { ...node.properties, ...everyObject },
    });
    group.kinds.set(`v1alpha1/${kind}`, 'Namespaced');
  }
}

/** A schema with what it refers to in place of each reference, in its own file or in one beside it. */
function inlined(value: unknown, root: RawSchema, read: (file: string) => RawSchema): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => inlined(item, root, read));
  if (typeof value !== 'object' || value === null) return value;
  const { $ref: ref, ...rest } = value as RawSchema;
  if (typeof ref === 'string') {
    const [file = '', place = ''] = ref.split('#/definitions/');
    const from = file === '' ? root : read(file);
    return inlined({ ...rawSchema(rawSchema(from['definitions'], ref)[place], ref), ...rest }, from, read);
  }
  return withFieldRules(
    Object.fromEntries(
      Object.entries(rest)
        .filter(([key]) => key !== 'definitions' && key !== '$schema')
        .map(([key, child]) => [key, inlined(child, root, read)]),
    ),
    typeof rest['title'] === 'string' ? rest['title'] : 'a part',
  );
}
