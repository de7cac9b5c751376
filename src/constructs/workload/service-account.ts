import { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-28';
import { serviceAccountName } from '../../model/names.ts';
import { namespaceOfService } from '../../model/pods/pod-security.ts';
import type { Service } from '../../model/service.ts';
import type { Place } from '../place.ts';
import { present } from '../present.ts';

/** A service with an account of its own, and the place it runs in. */
export interface OwnAccountProps {
  readonly place: Place;
  readonly service: Service;
}

/**
 * Who the pods of a service are.
 *
 * Defines: a ServiceAccount whose token is mounted only where a pod says so, and as the service asks a Role with exactly its rules and the
 * RoleBinding of the two. Does not define: an account that is given.
 */
export class OwnAccount extends Construct {
  constructor(scope: Construct, id: string, { place, service }: OwnAccountProps) {
    super(scope, id);
    const { environment } = place;
    const { serviceAccount: account } = service;
    const name = serviceAccountName(environment, service);
    if (account?.kind !== 'own' || name === undefined) return;
    const metadata = { name, namespace: namespaceOfService(environment, service) };

    new k8s.KubeServiceAccount(this, 'account', {
      metadata: present({ ...metadata, annotations: account.annotations && { ...account.annotations } }),
      automountServiceAccountToken: false,
    });
    if (account.rules === undefined) return;
    new k8s.KubeRole(this, 'role', {
      metadata,
      rules: account.rules.map(({ apiGroups, resources, resourceNames, verbs }) =>
        present({
          apiGroups: [...apiGroups],
          resources: [...resources],
          resourceNames: resourceNames && [...resourceNames],
          verbs: [...verbs],
        }),
      ),
    });
    new k8s.KubeRoleBinding(this, 'binding', {
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name, namespace: namespaceOfService(environment, service) }],
    });
  }
}
