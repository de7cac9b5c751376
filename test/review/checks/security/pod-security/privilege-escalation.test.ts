import { expect, test } from '@jest/globals';
import { privilegeEscalation } from '../../../../../src/review/checks/security/pod-security/privilege-escalation.ts';
import { container, deployment, findings } from '../../small-objects.ts';

test('accepts a container that says no, and Windows, which has no such thing', () => {
  expect(findings(privilegeEscalation, [deployment('dev-orders')])).toEqual([]);
  expect(
    findings(privilegeEscalation, [
      deployment('dev-orders', { os: { name: 'windows' }, containers: [{ name: 'orders' }] }),
    ]),
  ).toEqual([]);
});

test('fails on a container that says yes or nothing', () => {
  const found = findings(privilegeEscalation, [
    deployment('dev-orders', {
      containers: [container({ securityContext: {} })],
      ephemeralContainers: [{ name: 'debug', securityContext: { allowPrivilegeEscalation: true } }],
    }),
  ]);

  expect(found).toEqual([
    'Deployment/dev-orders spec.template.spec.containers[0].securityContext.allowPrivilegeEscalation: container "orders" may get more rights than it started with; write false',
    'Deployment/dev-orders spec.template.spec.ephemeralContainers[0].securityContext.allowPrivilegeEscalation: ephemeral container "debug" may get more rights than it started with; write false',
  ]);
});
