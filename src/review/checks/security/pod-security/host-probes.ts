import type { KubernetesLine } from '../../../../model/environment.ts';
import type { Check } from '../../check.ts';
import { textOf, valueAt } from '../../objects/fields.ts';
import { handlersOf } from '../../objects/handlers.ts';
import { inEachPod } from './control.ts';

/** The Kubernetes line from which Pod Security has this control. */
const from: KubernetesLine = '1.34';

/** Pod Security, host probes and hooks: the kubelet, which is on the node's network, would ask another host. */
export const hostProbes: Check = {
  name: 'host-probes',
  find: (input) =>
    inEachPod(input, ({ containers }) =>
      (input.environment.cluster.kubernetes.newest < from ? [] : containers).flatMap((container) =>
        handlersOf(container.fields).flatMap(({ path, fields }) =>
          (['httpGet', 'tcpSocket'] as const).flatMap((how) => {
            const host = textOf(valueAt(fields, how, 'host'));
            if (host === undefined || host === '') return [];
            return [{ field: `${container.path}.${path}.${how}.host`, message: `${container.title} makes the kubelet ask another host; remove the field, got "${host}"` }];
          }),
        ),
      ),
    ),
};
