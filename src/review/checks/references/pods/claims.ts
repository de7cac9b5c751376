import { foundAt, type Check } from '../../../../objects/check.ts';
import { claimsOf } from '../../../../objects/pods/claims.ts';
import { suggestion } from '../../../../objects/names/suggestion.ts';

/** Every claim that a pod mounts is rendered, or made by a StatefulSet for one of its pods; else the pod stays Pending. */
export const claims: Check = {
  name: 'claims',
  find({ objects }, report) {
    const known = claimsOf(objects);
    for (const workload of objects.workloads) {
      for (const { kind, name, field } of objects.references(workload)) {
        if (kind !== 'PersistentVolumeClaim' || known.has(`${workload.namespace}/${name}`)) continue;
        const names = [...known.values()]
          .filter(({ namespace }) => namespace === workload.namespace)
          .map((claim) => claim.name);
        report(
          foundAt(
            workload.rendered,
            field,
            `there is no claim "${name}" in this environment; ${suggestion(name, names)}`,
          ),
        );
      }
    }
  },
};
