import type { KubernetesObject, Patch } from '../../model/application.ts';
import { ProblemsError, type Problem } from '../../model/problem.ts';
import { oneOf } from '../../model/suggestion.ts';
import { fieldsOf, isFields, itemsOf, valueAt } from '../../objects/fields.ts';
import { mergePatch } from './merge-patch.ts';
import { orderKeys } from '../text/order-keys.ts';

/** An object before its patches. */
export interface Unpatched {
  readonly object: KubernetesObject;
  /** Names of the containers whose images a release sets. @default - none */
  readonly released?: ReadonlySet<string>;
}

/**
 * The objects with patches merged in, in the same order.
 *
 * @param path - where the patches are in the delivery, for error messages
 * @throws ProblemsError when a patch changes no object or several, what the object is, or what a release sets in it
 */
export function applyPatches(
  objects: readonly Unpatched[],
  patches: readonly Patch[],
  path: string,
): readonly KubernetesObject[] {
  if (patches.length === 0) return objects.map(({ object }) => object);
  const problems: Problem[] = [];
  const numbered = patches.map((patch, i) => ({ ...patch, at: `${path}[${i}]` }));
  for (const { at, merge, ...patch } of numbered) {
    const found = objects.map(({ object }) => object).filter((object) => isOf(patch, object));
    if (found.length === 0) problems.push(notRendered(at, patch, objects));
    else if (found.length > 1) problems.push(ambiguous(at, patch, found));
    else if (identity(merge))
      problems.push({
        path: at,
        message: 'must not change what an object is: its apiVersion, kind, name or namespace',
        given: merge,
      });
  }

  const patched = objects.map(({ object, released }) =>
    numbered
      .filter((patch) => isOf(patch, object))
      .reduce((before, { at, merge }) => {
        const known = problems.length;
        const after = mergePatch(before, merge, `${at}.merge`, (problem) => problems.push(problem));
        if (problems.length === known && isSame(before, after))
          problems.push({
            path: `${at}.merge`,
            message: 'changes nothing, the object has all of it already; take the patch out',
            given: merge,
          });
        const moved = [...(released ?? [])].find((it) => imageOf(before, it) !== imageOf(after, it));
        if (moved !== undefined)
          problems.push({
            path: `${at}.merge`,
            message: `must leave the image of the container "${moved}" alone: it is an artifact, and a release sets its version`,
          });
        return after;
      }, object),
  );
  if (problems.length > 0) throw new ProblemsError('the delivery', problems);
  return patched;
}

const isSame = (one: KubernetesObject, other: KubernetesObject): boolean =>
  JSON.stringify(orderKeys(one)) === JSON.stringify(orderKeys(other));

/** What a patch says of the object that it changes. */
type Named = Pick<Patch, 'kind' | 'name' | 'namespace' | 'apiVersion'>;

const isOf = (patch: Named, { apiVersion, kind, metadata }: KubernetesObject): boolean =>
  patch.kind === kind &&
  patch.name === metadata.name &&
  (patch.namespace === undefined || patch.namespace === metadata.namespace) &&
  (patch.apiVersion === undefined || patch.apiVersion === apiVersion);

function notRendered(path: string, patch: Named, objects: readonly Unpatched[]): Problem {
  const { kind, name } = patch;
  const ofKind = objects.flatMap(({ object }) => (object.kind === kind ? [object] : []));
  const called = ofKind.filter(({ metadata }) => metadata.name === name);
  const wrong = [
    ['namespace', patch.namespace, called.map(({ metadata }) => metadata.namespace)],
    ['apiVersion', patch.apiVersion, called.map(({ apiVersion }) => apiVersion)],
  ] as const;
  for (const [field, given, there] of wrong) {
    if (called.length === 0 || given === undefined || there.includes(given)) continue;
    const known = [...new Set(there)].flatMap((one) => one ?? []);
    return {
      path: `${path}.${field}`,
      message: `must be that of an object ${kind}/${name}${known.length === 0 ? ', which has none; leave it out' : `: ${oneOf(known)}`}`,
      given,
    };
  }
  const names = [...new Set(ofKind.map(({ metadata }) => metadata.name))];
  return {
    path,
    message: `must name an object that is rendered, prefix included${names.length === 0 ? '' : `: ${oneOf(names)}`}`,
    given: `${kind}/${name}`,
  };
}

/** Several objects are called so: a change that is meant for one must not reach the others. */
function ambiguous(path: string, { kind, name }: Named, found: readonly KubernetesObject[]): Problem {
  const namespaces = [...new Set(found.flatMap(({ metadata }) => metadata.namespace ?? []))];
  const versions = [...new Set(found.map(({ apiVersion }) => apiVersion))];
  const told = namespaces.length > 1 ? `namespace: ${oneOf(namespaces)}` : `apiVersion: ${oneOf(versions)}`;
  return {
    path,
    message: `must say which of the objects that are called so it changes, by its ${told}`,
    given: `${kind}/${name}`,
  };
}

/** The image of a container that a workload's construct made; nothing where a patch took the container out. */
function imageOf(object: KubernetesObject, container: string): unknown {
  const lists = ['containers', 'initContainers'].map((list) => valueAt(object, 'spec', 'template', 'spec', list));
  const named = lists.flatMap(itemsOf).find((entry) => fieldsOf(entry)['name'] === container);
  return fieldsOf(named)['image'];
}

function identity(change: Readonly<Record<string, unknown>>): boolean {
  const { metadata } = change;
  return (
    'apiVersion' in change ||
    'kind' in change ||
    metadata === null ||
    (isFields(metadata) && ('name' in metadata || 'namespace' in metadata))
  );
}
