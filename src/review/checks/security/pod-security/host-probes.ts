import type { KubernetesLine } from '../../../../model/environment.ts';
import { foundAt, type Check } from '../../../../objects/check.ts';
import { fieldsOf, textOf } from '../../../../objects/fields.ts';

/** The Kubernetes line from which Pod Security has this control. */
const from: KubernetesLine = '1.34';

/** Pod Security, host probes and hooks: the kubelet, which is on the node's network, would ask another host. */
export const hostProbes: Check = {
  name: 'host-probes',
  inContainer(container, { rendered }, report, { environment }) {
    if (environment.cluster.kubernetes.newest < from) return;
    for (const { path, fields } of container.handlers) {
      for (const how of ['httpGet', 'tcpSocket']) {
        const host = textOf(fieldsOf(fields[how])['host']) ?? '';
        if (host !== '')
          report(
            foundAt(
              rendered,
              `${container.path}.${path}.${how}.host`,
              `${container.title} makes the kubelet ask another host; remove the field, got "${host}"`,
            ),
          );
      }
    }
  },
};
