import type { Check } from '../../check.ts';
import { containerSecurity, inEachPod, isWindows } from './control.ts';

/** Pod Security, privilege escalation: no program gets more rights than the container started with. */
export const privilegeEscalation: Check = {
  name: 'privilege-escalation',
  find: (input) =>
    inEachPod(input, (workload) =>
      isWindows(workload)
        ? []
        : containerSecurity(workload)
            .filter(({ security }) => security['allowPrivilegeEscalation'] !== false)
            .map(({ path, who }) => ({ field: `${path}.allowPrivilegeEscalation`, message: `${who} may get more rights than it started with; write false` })),
    ),
};
