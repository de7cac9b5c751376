import type { Check } from '../../check.ts';
import { containerSecurity, inEachPod } from './control.ts';

/** Pod Security, privileged containers: they are root on the node. */
export const privilegedContainers: Check = {
  name: 'privileged-containers',
  find: (input) =>
    inEachPod(input, (workload) =>
      containerSecurity(workload)
        .filter(({ security }) => security['privileged'] === true)
        .map(({ path, who }) => ({ field: `${path}.privileged`, message: `${who} is privileged, which is root on the node; write false` })),
    ),
};
