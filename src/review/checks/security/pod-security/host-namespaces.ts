import type { Check } from '../../check.ts';
import { inEachPod } from './control.ts';

/** Pod Security, host namespaces: a pod that shares the node's network, processes or memory sees other pods. */
export const hostNamespaces: Check = {
  name: 'host-namespaces',
  find: (input) =>
    inEachPod(input, ({ pod, specPath }) =>
      ['hostNetwork', 'hostPID', 'hostIPC']
        .filter((field) => pod[field] === true)
        .map((field) => ({ field: `${specPath}.${field}`, message: 'the pod shares a namespace of its node; remove the field' })),
    ),
};
