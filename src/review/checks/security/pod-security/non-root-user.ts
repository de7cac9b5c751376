import type { Check } from '../../check.ts';
import { containerSecurity, inEachPod, podSecurity } from './control.ts';

/** Pod Security, running as non-root user: user 0 is root whatever else is said. */
export const nonRootUser: Check = {
  name: 'non-root-user',
  find: (input) =>
    inEachPod(input, (workload) =>
      [podSecurity(workload), ...containerSecurity(workload)]
        .filter(({ security }) => security['runAsUser'] === 0)
        .map(({ path, who }) => ({ field: `${path}.runAsUser`, message: `${who} runs as root; write the number of another user, got 0` })),
    ),
};
