import type { Check } from '../../check.ts';
import { fieldsOf, textsOf } from '../../objects/fields.ts';
import { containerSecurity, inEachPod, isWindows } from './control.ts';

/** Pod Security, capabilities: every container drops all of them; NET_BIND_SERVICE alone may come back. */
export const capabilities: Check = {
  name: 'capabilities',
  find: (input) =>
    inEachPod(input, (workload) =>
      isWindows(workload)
        ? []
        : containerSecurity(workload).flatMap(({ security, path, who }) => {
            const given = fieldsOf(security['capabilities']);
            const added = textsOf(given['add']).filter((capability) => capability !== 'NET_BIND_SERVICE');
            return [
              ...(textsOf(given['drop']).includes('ALL') ? [] : [{ field: `${path}.capabilities.drop`, message: `${who} keeps capabilities that it does not need; write ["ALL"]` }]),
              ...(added.length === 0 ? [] : [{ field: `${path}.capabilities.add`, message: `${who} adds capabilities; only NET_BIND_SERVICE may be added, got ${added.join(', ')}` }]),
            ];
          }),
    ),
};
