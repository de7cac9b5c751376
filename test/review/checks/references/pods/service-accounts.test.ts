import { expect, test } from '@jest/globals';
import { serviceAccounts } from '../../../../../src/review/checks/references/pods/service-accounts.ts';
import { deployment, findings, object } from '../../small-objects.ts';

const binding = (subject: string, role: string, kind = 'Role') =>
  object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'dev-reader', {
    subjects: [{ kind: 'ServiceAccount', name: subject }],
    roleRef: { kind, name: role },
  });

test('accepts rendered ServiceAccounts and roles, the default one, and roles that every cluster has', () => {
  const account = object('v1', 'ServiceAccount', 'dev-orders');

  expect(
    findings(serviceAccounts, [
      account,
      deployment('dev-orders', { serviceAccountName: 'dev-orders' }),
      deployment('dev-web'),
      binding('default', 'view', 'ClusterRole'),
    ]),
  ).toEqual([]);
});

test('fails on a ServiceAccount or a role that nothing renders', () => {
  const found = findings(serviceAccounts, [
    object('v1', 'ServiceAccount', 'dev-orders'),
    object('rbac.authorization.k8s.io/v1', 'Role', 'dev-reader'),
    deployment('dev-orders', { serviceAccountName: 'orders' }),
    binding('ordres', 'reader'),
  ]);

  expect(found).toEqual([
    'Deployment/dev-orders spec.template.spec.serviceAccountName: there is no ServiceAccount "orders" in this environment; write "dev-orders"',
    'RoleBinding/dev-reader subjects[0].name: there is no ServiceAccount "ordres" in this environment; write "dev-orders"',
    'RoleBinding/dev-reader roleRef.name: there is no Role "reader" in this environment; write "dev-reader"',
  ]);
});
