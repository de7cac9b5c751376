import { foundAt, type Check } from '../../../objects/check.ts';
import { textOf, valueAt } from '../../../objects/fields.ts';

/** No pod carries a token for the API server, unless it has a ServiceAccount of its own, that is, a reason to call it. */
export const serviceAccountToken: Check = {
  name: 'service-account-token',
  inPod({ rendered, pod, specPath, namespace }, report, { whole }) {
    const name = textOf(pod['serviceAccountName']) ?? 'default';
    const mounts = pod['automountServiceAccountToken'];
    if (name !== 'default' || mounts === false) return;
    const account = whole().objects.find('ServiceAccount', name, namespace);
    if ((mounts ?? valueAt(account?.object, 'automountServiceAccountToken') ?? true) === false) return;
    report(
      foundAt(
        rendered,
        `${specPath}.automountServiceAccountToken`,
        'every container gets a token for the API server that it does not need; write false',
      ),
    );
  },
};
