import type { BranchFiles } from '../branch/branch-files.ts';
import type { Prepared } from '../written/written.ts';

/**
 * Says what a rollback may leave stuck: a StatefulSet replaces its pods one by one and waits for each, so a pod that never
 * became ready under the bad release stays until it is deleted.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#forced-rollback
 */
export function stuckNotices(
  { index }: BranchFiles,
  { added, changed }: Pick<Prepared, 'added' | 'changed'>,
): readonly string[] {
  return [...added, ...changed].flatMap((path) => {
    const object = index.objects[path];
    if (object?.kind !== 'StatefulSet') return [];
    const namespace = object.namespace === undefined ? '' : ` --namespace ${object.namespace}`;
    return [
      `a pod of the StatefulSet ${object.name} may stay stuck; "kubectl delete pod ${object.name}-0${namespace} --wait=false" frees it`,
    ];
  });
}
