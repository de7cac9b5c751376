import type { KubernetesObject, Patch } from '../model/application.ts';
import { ProblemsError, type Problem } from '../model/problem.ts';

/**
 * The objects with an application's patches merged in, in the same order.
 *
 * @param path - where the patches are in the delivery, for error messages
 * @throws ProblemsError when a patch changes no object, or what the object is
 * @see https://www.rfc-editor.org/rfc/rfc7396 for how a merge works
 */
export function applyPatches(
  objects: readonly KubernetesObject[],
  patches: readonly Patch[],
  path: string,
): readonly KubernetesObject[] {
  if (patches.length === 0) return objects;
  const byObject = new Map<string, Patch[]>();
  for (const patch of patches) {
    const key = `${patch.kind}/${patch.name}`;
    byObject.set(key, [...(byObject.get(key) ?? []), patch]);
  }
  const used = new Set<string>();
  const patched = objects.map((object) => {
    const key = `${object.kind}/${object.metadata.name}`;
    used.add(key);
    return (byObject.get(key) ?? []).reduce((result, patch) => merge(result, patch.merge) as KubernetesObject, object);
  });

  const problems = patches.flatMap((patch, i): Problem[] => {
    const at = `${path}[${i}]`;
    if (!used.has(`${patch.kind}/${patch.name}`))
      return [
        {
          path: at,
          message: 'must name an object that is rendered, prefix included',
          given: `${patch.kind}/${patch.name}`,
        },
      ];
    return identity(patch.merge)
      ? [
          {
            path: at,
            message: 'must not change what an object is: its apiVersion, kind, name or namespace',
            given: patch.merge,
          },
        ]
      : [];
  });
  if (problems.length > 0) throw new ProblemsError('the delivery', problems);
  return patched;
}

const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function merge(target: unknown, change: unknown): unknown {
  if (!isMapping(change)) return change;
  const before = isMapping(target) ? target : {};
  const untouched = Object.entries(before).filter(([key]) => !(key in change));
  const changed = Object.entries(change).flatMap(([key, value]) =>
    value === null ? [] : [[key, merge(before[key], value)] as const],
  );
  return Object.fromEntries([...untouched, ...changed]);
}

function identity(change: Readonly<Record<string, unknown>>): boolean {
  const { metadata } = change;
  return (
    'apiVersion' in change ||
    'kind' in change ||
    metadata === null ||
    (isMapping(metadata) && ('name' in metadata || 'namespace' in metadata))
  );
}
