import type { Check } from '../../check.ts';
import { containerSecurity, inEachPod, podSecurity } from './control.ts';

/** Pod Security, running as non-root: said by the pod for all containers, or by each of them, and contradicted by none. */
export const nonRoot: Check = {
  name: 'non-root',
  find: (input) =>
    inEachPod(input, (workload) => {
      const pod = podSecurity(workload);
      const field = 'runAsNonRoot';
      const refused = [pod, ...containerSecurity(workload)].filter(({ security }) => security[field] === false);
      const silent = pod.security[field] === true ? [] : containerSecurity(workload).filter(({ security }) => security[field] === undefined || security[field] === null);
      return [
        ...refused.map(({ path, who }) => ({ field: `${path}.${field}`, message: `${who} may run as root; write true` })),
        ...silent.map(({ path, who }) => ({ field: `${path}.${field}`, message: `${who} does not say that it never runs as root; write true here or for the pod` })),
      ];
    }),
};
