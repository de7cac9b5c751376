import { foundAt, type Check } from '../../../../objects/check.ts';
import { fieldsOf, itemsOf, textsOf } from '../../../../objects/fields.ts';
import { listed } from '../../../../model/formats/listed.ts';
import { baselineCapabilities, restrictedCapability } from '../../../../model/pods/pod-security.ts';
import { levelOfPods } from '../level-of-pods.ts';
import { isWindows } from '../../../../objects/pods/windows.ts';

/** Pod Security, capabilities: every container drops all of them; NET_BIND_SERVICE alone may come back. "baseline" lets usual ones be. */
export const capabilities: Check = {
  name: 'capabilities',
  inContainer({ security, path, title }, workload, report, around) {
    const { rendered, pod } = workload;
    if (isWindows(pod)) return;
    const given = fieldsOf(security['capabilities']);
    const isBaseline = levelOfPods(workload, around) === 'baseline';
    const allowed = isBaseline ? baselineCapabilities : [restrictedCapability];
    if (!isBaseline && !itemsOf(given['drop']).includes('ALL'))
      report(
        foundAt(
          rendered,
          `${path}.securityContext.capabilities.drop`,
          `${title} keeps capabilities that it does not need; write ["ALL"]`,
        ),
      );
    if (given['add'] === undefined) return;
    const added = textsOf(given['add']).filter((capability) => !allowed.includes(capability));
    if (added.length > 0)
      report(
        foundAt(
          rendered,
          `${path}.securityContext.capabilities.add`,
          `${title} adds capabilities; only ${listed(allowed)} may be added, got ${added.join(', ')}`,
        ),
      );
  },
};
