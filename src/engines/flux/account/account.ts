import type { KubernetesObject } from '../../../model/application.ts';
import { engineNamespaceOf, type Environment } from '../../../model/environment.ts';
import { namespacesIn } from '../../namespaces-in.ts';
import { allowedRules } from './allowed-rules.ts';

/** API version of everything that gives rights. */
export const rightsApi = 'rbac.authorization.k8s.io/v1';

/** Who applies the objects of an environment. */
export interface AccountInput {
  /** Of the account, of its Roles and of their bindings. */
  readonly name: string;
  readonly environment: Environment;
  /** Every object that it applies. */
  readonly objects: readonly KubernetesObject[];
  /** Whether it deletes what leaves the branch. */
  readonly prunes: boolean;
}

/**
 * The account that Flux takes on when it applies an environment's objects, in place of its controller's, which may do everything.
 *
 * Defines: a ServiceAccount where Flux runs, a Role for exactly what is rendered in the environment's namespace, and in each further one
 * that holds any of it, and a ClusterRole where something of that belongs to the whole cluster. Does not define: a right to read a Secret, or to delete a claim.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#role-based-access-control
 */
export function account({ name, environment, objects, prunes }: AccountInput): readonly KubernetesObject[] {
  const namespace = engineNamespaceOf(environment, 'flux');
  const subjects = [{ kind: 'ServiceAccount', name, namespace }];
  const pair = (within: readonly KubernetesObject[], of?: string): readonly KubernetesObject[] => {
    const prefix = of === undefined ? 'Cluster' : '';
    const metadata = { name, ...(of === undefined ? {} : { namespace: of }) };
    const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: `${prefix}Role`, name };
    const rules = allowedRules(within, prunes, objects);
    return [
      { apiVersion: rightsApi, kind: `${prefix}Role`, metadata, rules },
      { apiVersion: rightsApi, kind: `${prefix}RoleBinding`, metadata, roleRef, subjects },
    ];
  };
  const ofCluster = objects.filter(({ metadata }) => metadata.namespace === undefined);
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace }, automountServiceAccountToken: false },
    ...namespacesIn(environment, objects).flatMap((of) =>
      pair(
        objects.filter(({ metadata }) => metadata.namespace === of),
        of,
      ),
    ),
    ...(ofCluster.length === 0 ? [] : pair(ofCluster)),
  ];
}
