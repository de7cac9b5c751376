import type { Check } from '../../check.ts';
import { textOf } from '../../objects/fields.ts';
import { containerSecurity, inEachPod } from './control.ts';

/** Pod Security, /proc mount type: the parts of /proc that the runtime hides stay hidden. */
export const procMount: Check = {
  name: 'proc-mount',
  find: (input) =>
    inEachPod(input, (workload) =>
      containerSecurity(workload).flatMap(({ security, path, who }) => {
        const type = textOf(security['procMount']);
        return type === undefined || type === 'Default' ? [] : [{ field: `${path}.procMount`, message: `${who} sees hidden parts of /proc; write "Default" or nothing, got "${type}"` }];
      }),
    ),
};
