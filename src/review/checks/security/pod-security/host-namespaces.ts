import { foundAt, type Check } from '../../../../objects/check.ts';

/** Pod Security, host namespaces: a pod that shares the node's network, processes or memory sees other pods. */
export const hostNamespaces: Check = {
  name: 'host-namespaces',
  inPod({ rendered, pod, specPath }, report) {
    for (const field of ['hostNetwork', 'hostPID', 'hostIPC']) {
      if (pod[field] === true)
        report(foundAt(rendered, `${specPath}.${field}`, 'the pod shares a namespace of its node; remove the field'));
    }
  },
};
