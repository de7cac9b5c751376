import { expect, test } from '@jest/globals';
import { hostNamespaces } from '../../../../../src/review/checks/security/pod-security/host-namespaces.ts';
import { deployment, findings } from '../../small-objects.ts';

test('accepts a pod with namespaces of its own', () => {
  expect(
    findings(hostNamespaces, [deployment('dev-orders', { hostNetwork: false, shareProcessNamespace: true })]),
  ).toEqual([]);
});

test('fails on each namespace of the node', () => {
  expect(
    findings(hostNamespaces, [deployment('dev-orders', { hostNetwork: true, hostPID: true, hostIPC: true })]),
  ).toEqual([
    'Deployment/dev-orders spec.template.spec.hostNetwork: the pod shares a namespace of its node; remove the field',
    'Deployment/dev-orders spec.template.spec.hostPID: the pod shares a namespace of its node; remove the field',
    'Deployment/dev-orders spec.template.spec.hostIPC: the pod shares a namespace of its node; remove the field',
  ]);
});
