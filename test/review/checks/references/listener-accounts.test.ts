import { expect, test } from '@jest/globals';
import { listenerAccounts } from '../../../../src/review/checks/references/listener-accounts.ts';
import { findings, object } from '../small-objects.ts';

const listener = object('triggers.tekton.dev/v1beta1', 'EventListener', 'build', {
  spec: { serviceAccountName: 'build-bot' },
});
const binding = (name: string, namespace?: string) =>
  object('rbac.authorization.k8s.io/v1', namespace === undefined ? 'RoleBinding' : 'ClusterRoleBinding', 'listener', {
    subjects: [{ kind: 'ServiceAccount', name, ...(namespace === undefined ? {} : { namespace }) }],
  });

test('accepts a listener whose ServiceAccount is bound to a role', () => {
  expect(findings(listenerAccounts, [listener, binding('build-bot')])).toEqual([]);
  expect(findings(listenerAccounts, [listener, binding('build-bot', 'dev')])).toEqual([]);
});

test('fails on a listener that may do nothing', () => {
  const message =
    'EventListener/build spec.serviceAccountName: no role is bound to the ServiceAccount "build-bot", so that it cannot start a run; add a RoleBinding to tekton-triggers-eventlistener-roles';

  expect(findings(listenerAccounts, [listener])).toEqual([message]);
  expect(findings(listenerAccounts, [listener, binding('build-bot', 'other')])).toEqual([message]);
});
