import { describeCpu, describeMemory } from '../../../model/formats/quantity.ts';
import type { Check } from '../../../objects/check.ts';
import { largest, podRequests, total } from '../../../objects/pods/pod-requests.ts';
import { quantityOf } from '../../../objects/quantity.ts';
import { replicasOf } from '../../../objects/pods/scaling.ts';

/**
 * What the rendered pods request together, every replica and the largest job, fits the capacity that the environment
 * declares. What environments of one cluster request together is a rule of the model.
 */
export const capacity: Check = {
  name: 'capacity',
  find({ environment, objects }, report) {
    const { name, capacity: declared } = environment.cluster;
    if (declared === undefined) return;
    const scale = replicasOf(objects);
    const lasting = objects.workloads.filter((workload) => workload.lasting);
    const jobs = objects.workloads.filter((workload) => !workload.lasting);
    const needed = total([
      ...lasting.map((workload) => [podRequests(workload), scale(workload).max] as const),
      [largest(jobs.map((workload) => total([[podRequests(workload), workload.replicas]]))), 1],
    ]);
    for (const [what, describe] of [
      ['cpu', describeCpu],
      ['memory', describeMemory],
    ] as const) {
      const offered = quantityOf(declared[what]) ?? 0;
      if (needed[what] <= offered * (1 + 1e-9)) continue;
      report({
        construct: environment.name,
        object: `Namespace/${environment.namespace}`,
        field: '',
        message: `all pods together request ${describe(needed[what])} of ${what}, and the cluster "${name}" offers ${declared[what]}; lower requests or replicas, or declare more`,
      });
    }
  },
};
