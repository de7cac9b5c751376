import type { KubernetesObject } from '../../model/application.ts';
import { granted } from '../../objects/tools/granted.ts';
import { objectNamesOf, type TektonSupply } from './settings.ts';

const rbac = 'rbac.authorization.k8s.io';

/** What may read, and is told of changes. */
const look = ['get', 'list', 'watch'];

const account = (name: string, namespace: string): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name, namespace },
  automountServiceAccountToken: false,
});

/**
 * Who runs what of a supply: runs may do nothing, the listener reads what it listens to and starts runs, and what prunes removes them. Interceptors
 * are the whole cluster's, so that who reads them does so everywhere.
 */
export function accounts(namespace: string, supply: TektonSupply): readonly KubernetesObject[] {
  const { runs, listens, prunes } = objectNamesOf(supply);
  // A namespace has no dot, so no other listener of the cluster is called so.
  const everywhere = `${namespace}.${listens}`;
  return [
    account(runs, namespace),
    // The pod of a listener is Tekton's, and lives by the token.
    { ...account(listens, namespace), automountServiceAccountToken: true },
    ...granted(listens, namespace, [
      {
        apiGroups: ['triggers.tekton.dev'],
        resources: ['eventlisteners', 'triggers', 'triggerbindings', 'triggertemplates', 'interceptors'],
        verbs: look,
      },
      { apiGroups: ['tekton.dev'], resources: ['pipelineruns'], verbs: ['create'] },
    ]),
    {
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRole',
      metadata: { name: everywhere },
      rules: [
        {
          apiGroups: ['triggers.tekton.dev'],
          resources: ['clustertriggerbindings', 'clusterinterceptors'],
          verbs: look,
        },
      ],
    },
    {
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name: everywhere },
      roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: everywhere },
      subjects: [{ kind: 'ServiceAccount', name: listens, namespace }],
    },
    account(prunes, namespace),
    ...granted(prunes, namespace, [
      { apiGroups: ['tekton.dev'], resources: ['pipelineruns'], verbs: ['get', 'list', 'delete'] },
    ]),
  ];
}
