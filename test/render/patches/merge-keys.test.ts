import { expect, test } from '@jest/globals';
import { mergeKeys } from '../../../src/render/patches/merge-keys.ts';
import { keysOfList } from '../../../src/review/schema/list-keys.ts';
import type { SchemaNode } from '../../../src/review/schema/schema-node.ts';
import { catalog } from '../../review/schema/change-object.ts';

/** What users do not write, as the cluster does, or it is a schema; and the policy whose variables its twin tells apart in another way. */
const notWritten: ReadonlySet<string> = new Set([
  'ownerReferences',
  'x-kubernetes-validations',
  'status',
  'CSINode',
  'ValidatingAdmissionPolicy',
]);

/** Every list below a schema: the field that it lies in, its own, and what tells its entries apart. */
function* listsIn(
  node: SchemaNode,
  within = '',
  field = '',
  seen: ReadonlySet<string> = new Set(),
): Generator<readonly [string, string, readonly string[] | undefined]> {
  if (node.$ref !== undefined) {
    if (!seen.has(node.$ref)) yield* listsIn(catalog.resolve(node.$ref), within, field, new Set([...seen, node.$ref]));
    return;
  }
  if (node.items !== undefined) {
    const keys = keysOfList(node);
    yield [within, field, typeof keys === 'string' ? undefined : keys];
    yield* listsIn(node.items, within, field, seen);
  }
  for (const [name, child] of Object.entries(node.properties ?? {}))
    if (!notWritten.has(name)) yield* listsIn(child, field, name, seen);
}

test('the entries of a list are told apart as the schemas of Kubernetes say, for every list of every kind of its own', () => {
  const own = catalog
    .kinds()
    .filter(
      ({ apiVersion, kind }) =>
        /^(?:v1|(?:apps|autoscaling|batch|policy|[a-z.]+\.k8s\.io)\/.+)$/.test(apiVersion) && !notWritten.has(kind),
    );
  const wrong = new Set<string>();
  let lists = 0;
  for (const kind of own) {
    const schema = catalog.kindSchema(kind);
    if (schema === undefined) continue;
    for (const [within, field, keys] of listsIn(schema)) {
      lists++;
      const ours = mergeKeys(within, field);
      if (String(ours) !== String(keys))
        wrong.add(`${kind.kind}: ${within}.${field}: ${String(ours)}, not ${String(keys)}`);
    }
  }

  expect([...wrong]).toEqual([]);
  expect(lists).toBeGreaterThan(500);
});
