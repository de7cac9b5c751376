import type { KubernetesObject } from '../../model/application.ts';
import { granted } from '../../objects/tools/granted.ts';
import { listenerAccount } from '../../objects/tools/tekton-listener.ts';
import { objectNamesOf, type TektonSupply } from './settings.ts';

const account = (name: string, namespace: string): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name, namespace },
  automountServiceAccountToken: false,
});

/** Who runs what of a supply: runs may do nothing, the listener reads what it listens to and starts runs, and what prunes removes them. */
export function accounts(namespace: string, supply: TektonSupply): readonly KubernetesObject[] {
  const { runs, listens, prunes } = objectNamesOf(supply);
  return [
    account(runs, namespace),
    ...listenerAccount(listens, namespace, ['tekton.dev', 'pipelineruns']),
    account(prunes, namespace),
    ...granted(prunes, namespace, [
      { apiGroups: ['tekton.dev'], resources: ['pipelineruns'], verbs: ['get', 'list', 'delete'] },
    ]),
  ];
}
