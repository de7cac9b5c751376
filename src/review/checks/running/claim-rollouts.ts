import { foundAt, type Check } from '../../../objects/check.ts';
import { textOf, valueAt } from '../../../objects/fields.ts';
import { claimUses } from '../../../objects/pods/claim-use.ts';

/** A Deployment that mounts a ReadWriteOnce claim stops its old pod first: two versions would write the same files, or the new pod would wait for ever. */
export const claimRollouts: Check = {
  name: 'claim-rollouts',
  find({ objects }, report) {
    const seen = new Set<unknown>();
    for (const { claim, users } of claimUses(objects)) {
      if (claim.accessModes.some((mode) => mode === 'ReadWriteMany' || mode === 'ReadOnlyMany')) continue;
      for (const { workload } of users) {
        const strategy = textOf(valueAt(workload.rendered.object, 'spec', 'strategy', 'type')) ?? 'RollingUpdate';
        if (workload.kind !== 'Deployment' || strategy === 'Recreate' || seen.has(workload)) continue;
        seen.add(workload);
        report(
          foundAt(
            workload.rendered,
            'spec.strategy.type',
            `a rollout runs the old and the new pod at once, and both mount the claim "${claim.name}"; write "Recreate", got "${strategy}"`,
          ),
        );
      }
    }
  },
};
