import { foundAt, type Check } from '../../../../objects/check.ts';
import { fieldsOf } from '../../../../objects/fields.ts';

const field = 'runAsNonRoot';

/** Pod Security, running as non-root: said by the pod for all containers, or by each of them, and contradicted by none. */
export const nonRoot: Check = {
  name: 'non-root',
  inPod(workload, report) {
    const podSays = fieldsOf(workload.pod['securityContext'])[field] === true;
    for (const { security, path, who, isPod } of workload.securityPlaces) {
      const said = security[field] ?? undefined;
      if (said === false) report(foundAt(workload.rendered, `${path}.${field}`, `${who} may run as root; write true`));
      else if (said === undefined && !podSays && !isPod)
        report(
          foundAt(
            workload.rendered,
            `${path}.${field}`,
            `${who} does not say that it never runs as root; write true here or for the pod`,
          ),
        );
    }
  },
};
