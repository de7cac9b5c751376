import { foundAt, type Check } from '../../../../objects/check.ts';
import { fieldsOf, itemsOf, textsOf } from '../../../../objects/fields.ts';
import { isWindows } from '../../../../objects/pods/windows.ts';

/** Pod Security, capabilities: every container drops all of them; NET_BIND_SERVICE alone may come back. */
export const capabilities: Check = {
  name: 'capabilities',
  inContainer({ security, path, title }, { rendered, pod }, report) {
    if (isWindows(pod)) return;
    const given = fieldsOf(security['capabilities']);
    if (!itemsOf(given['drop']).includes('ALL'))
      report(
        foundAt(
          rendered,
          `${path}.securityContext.capabilities.drop`,
          `${title} keeps capabilities that it does not need; write ["ALL"]`,
        ),
      );
    if (given['add'] === undefined) return;
    const added = textsOf(given['add']).filter((capability) => capability !== 'NET_BIND_SERVICE');
    if (added.length > 0)
      report(
        foundAt(
          rendered,
          `${path}.securityContext.capabilities.add`,
          `${title} adds capabilities; only NET_BIND_SERVICE may be added, got ${added.join(', ')}`,
        ),
      );
  },
};
