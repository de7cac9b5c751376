import { expect, test } from '@jest/globals';
import { seccomp } from '../../../../../src/review/checks/security/pod-security/seccomp.ts';
import { container, deployment, findings } from '../../small-objects.ts';

const profile = (type?: string) => ({ securityContext: { seccompProfile: type === undefined ? undefined : { type } } });

test('accepts a profile of the pod, of each container, and Windows, which has none', () => {
  expect(
    findings(seccomp, [deployment('dev-orders', { ...profile('RuntimeDefault'), containers: [container(profile())] })]),
  ).toEqual([]);
  expect(
    findings(seccomp, [deployment('dev-orders', { ...profile(), containers: [container(profile('Localhost'))] })]),
  ).toEqual([]);
  expect(findings(seccomp, [deployment('dev-orders', { os: { name: 'windows' }, securityContext: {} })])).toEqual([]);
});

test('fails where nobody sets one', () => {
  expect(findings(seccomp, [deployment('dev-orders', { ...profile(), containers: [container(profile())] })])).toEqual([
    'Deployment/dev-orders spec.template.spec.containers[0].securityContext.seccompProfile: container "orders" has no seccomp profile; write { type: "RuntimeDefault" } here or for the pod',
  ]);
});

test('fails where one is lifted', () => {
  expect(
    findings(seccomp, [deployment('dev-orders', { ...profile('Unconfined'), containers: [container(profile())] })]),
  ).toEqual([
    'Deployment/dev-orders spec.template.spec.securityContext.seccompProfile.type: the pod has a seccomp profile that is not allowed; write "RuntimeDefault", got "Unconfined"',
  ]);
});
