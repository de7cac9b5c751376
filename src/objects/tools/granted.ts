import type { KubernetesObject } from '../../model/application.ts';

const rbac = 'rbac.authorization.k8s.io';

/** Rights in a namespace, and the ServiceAccount of that name, which has them. */
export const granted = (
  name: string,
  namespace: string,
  rules: readonly Readonly<Record<string, readonly string[]>>[],
): readonly KubernetesObject[] => [
  { apiVersion: `${rbac}/v1`, kind: 'Role', metadata: { name, namespace }, rules },
  {
    apiVersion: `${rbac}/v1`,
    kind: 'RoleBinding',
    metadata: { name, namespace },
    roleRef: { apiGroup: rbac, kind: 'Role', name },
    subjects: [{ kind: 'ServiceAccount', name, namespace }],
  },
];
