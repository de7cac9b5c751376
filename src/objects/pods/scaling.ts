import { fieldsOf, numberOf, textOf, valueAt } from '../fields.ts';
import type { ObjectIndex } from '../object-index.ts';
import { once } from '../../model/validation/once.ts';
import type { Workload } from './workload.ts';

/** The fewest and the most replicas of a workload. */
export interface Replicas {
  readonly min: number;
  readonly max: number;
}

/** How many replicas each workload has: what it says, or what its autoscaler may choose. */
export const replicasOf = once((objects: ObjectIndex): ((workload: Workload) => Replicas) => {
  const scaled = new Map<Workload, Replicas>();
  for (const { object } of objects.ofKind('HorizontalPodAutoscaler')) {
    const target = fieldsOf(valueAt(object, 'spec', 'scaleTargetRef'));
    const workload = objects.workload(
      textOf(target['kind']) ?? '',
      textOf(target['name']) ?? '',
      objects.namespaceOf(object),
    );
    const min = numberOf(valueAt(object, 'spec', 'minReplicas')) ?? 1;
    if (workload !== undefined)
      scaled.set(workload, { min, max: numberOf(valueAt(object, 'spec', 'maxReplicas')) ?? min });
  }
  return (workload) => scaled.get(workload) ?? { min: workload.replicas, max: workload.replicas };
});
