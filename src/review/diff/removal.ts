import type { EnginePlugin } from '../../engines/engine.ts';
import type { KubernetesObject } from '../../model/application.ts';
import { textOf, valueAt } from '../../objects/fields.ts';
import type { Fate } from './tree-diff.ts';
import type { TreeObject } from './tree-object.ts';

/** What removes from the cluster what left the tree. */
export type Remover = Pick<EnginePlugin, 'title' | 'keeps' | 'remakes'>;

/**
 * Who removes an object that left the tree.
 *
 * @param prunes - whether the engine prunes what it applied
 */
export function fateOf({ object, path }: TreeObject, prunes: boolean, engine: Remover): Fate {
  if (path?.startsWith('bootstrap/') === true) return 'byHand';
  return !prunes || engine.keeps(object) ? 'kept' : 'pruned';
}

/** What follows from a removal, and the line that does by hand what nobody else does. */
export function removalRemarks(object: KubernetesObject, fate: Fate, { title }: Remover): readonly string[] {
  const whoRemoves: Readonly<Record<Fate, string>> = {
    pruned: `pruned by ${title}`,
    kept: `kept by ${title}, must be deleted by hand: ${deleteLine(object)}`,
    byHand: `not removed by ${title}, must be deleted by hand: ${deleteLine(object)}`,
  };
  return [whoRemoves[fate], ...ownClaims(object)];
}

/** Claims that a StatefulSet made outlive it unless it says otherwise. */
function ownClaims(object: KubernetesObject): readonly string[] {
  if (object.kind !== 'StatefulSet' || !Array.isArray(valueAt(object, 'spec', 'volumeClaimTemplates'))) return [];
  const goes = textOf(valueAt(object, 'spec', 'persistentVolumeClaimRetentionPolicy', 'whenDeleted')) === 'Delete';
  return [goes ? 'claims that it made are deleted with it' : 'claims that it made stay'];
}

/** The command that deletes an object, e.g. `kubectl delete deployment.apps dev-orders -n dev`. */
export function deleteLine(
  { apiVersion, kind, metadata: { name, namespace } }: KubernetesObject,
  ...flags: readonly string[]
): string {
  const slash = apiVersion.indexOf('/');
  const group = slash === -1 ? '' : `.${apiVersion.slice(0, slash)}`;
  return [
    'kubectl delete',
    `${kind.toLowerCase()}${group}`,
    name,
    ...(namespace === undefined ? [] : [`-n ${namespace}`]),
    ...flags,
  ].join(' ');
}
