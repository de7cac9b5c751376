import type { Check } from '../../check.ts';
import { valueAt } from '../../objects/fields.ts';
import { containerSecurity, inEachPod, podSecurity } from './control.ts';

/** Pod Security, HostProcess: a Windows container that is a process of its node. */
export const hostProcess: Check = {
  name: 'host-process',
  find: (input) =>
    inEachPod(input, (workload) =>
      [podSecurity(workload), ...containerSecurity(workload)]
        .filter(({ security }) => valueAt(security, 'windowsOptions', 'hostProcess') === true)
        .map(({ path, who }) => ({ field: `${path}.windowsOptions.hostProcess`, message: `${who} is a process of its Windows node; remove the field` })),
    ),
};
