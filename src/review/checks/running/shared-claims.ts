import { foundAt, type Check } from '../../../objects/check.ts';
import { claimUses, isPinned, nodeOf } from '../../../objects/pods/claim-use.ts';
import { replicasOf } from '../../../objects/pods/scaling.ts';

/** Pods that share a ReadWriteOnce claim land on one node: its data lies there, or they ask for it. Else some stay Pending. */
export const sharedClaims: Check = {
  name: 'shared-claims',
  find({ objects }, report) {
    const scale = replicasOf(objects);
    for (const { claim, users } of claimUses(objects)) {
      if (claim.accessModes.some((mode) => mode === 'ReadWriteMany' || mode === 'ReadOnlyMany')) continue;
      const exclusive = claim.accessModes.includes('ReadWriteOncePod');
      const distinct = [...new Map(users.map((user) => [user.workload, user])).values()];
      const pods = distinct.reduce(
        (sum, { workload }) =>
          sum + (claim.madeByStatefulSet && workload.rendered === claim.rendered ? 1 : scale(workload).max),
        0,
      );
      if (pods <= 1) continue;
      const nodes = new Set(distinct.map(({ workload }) => nodeOf(workload)));
      const together = isPinned(claim, objects) || (nodes.size === 1 && !nodes.has(undefined));
      if (together && !exclusive) continue;
      for (const { workload, field } of distinct.filter((user) => user.workload.rendered !== claim.rendered)) {
        const others = distinct
          .filter((user) => user.workload !== workload)
          .map((user) => `${user.workload.kind} "${user.workload.name}"`);
        const sharer = others.length === 0 ? `its own ${pods} replicas` : others.join(' and ');
        const why = exclusive ? 'only one pod may mount it' : 'pods on another node stay Pending';
        report(
          foundAt(
            workload.rendered,
            field,
            `shares the claim "${claim.name}" (${claim.accessModes.join(', ')}) with ${sharer}, and ${why}; ${waysOut(claim.madeByStatefulSet, exclusive, others.length === 0)}`,
          ),
        );
      }
    }
  },
};

/** What to write instead, in words that the model has: replicas of one service have no claims of their own there. */
function waysOut(madeByStatefulSet: boolean, exclusive: boolean, alone: boolean): string {
  if (madeByStatefulSet)
    return 'ask the server over the network instead, or choose a storageClass that keeps data on one node, e.g. "local-path"';
  return [
    alone ? 'run one replica' : 'give each its own claim',
    'write the accessMode "ReadWriteMany"',
    exclusive ? '"ReadWriteOnce" with a volume of one node (local)' : 'bind the claim to a volume of one node (local)',
  ].join(', or ');
}
