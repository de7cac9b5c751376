import { foundAt, type Check } from '../check.ts';
import { textOf, valueAt } from '../objects/fields.ts';

/** No pod carries a token for the API server, unless it has a ServiceAccount of its own, that is, a reason to call it. */
export const serviceAccountToken: Check = {
  name: 'service-account-token',
  *find({ objects }) {
    for (const { rendered, pod, specPath, namespace } of objects.workloads) {
      const name = textOf(pod['serviceAccountName']) ?? 'default';
      const account = objects.find('ServiceAccount', name, namespace);
      const mounts = pod['automountServiceAccountToken'] ?? valueAt(account?.object, 'automountServiceAccountToken') ?? true;
      if (name !== 'default' || mounts === false) continue;
      yield foundAt(rendered, `${specPath}.automountServiceAccountToken`, 'every container gets a token for the API server that it does not need; write false');
    }
  },
};
