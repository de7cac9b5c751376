import { expect, test } from '@jest/globals';
import { nonRootUser } from '../../../../../src/review/checks/security/pod-security/non-root-user.ts';
import { container, deployment, findings } from '../../small-objects.ts';

test('accepts any other user, or none', () => {
  expect(findings(nonRootUser, [deployment('dev-orders', { securityContext: { runAsUser: 1000 } })])).toEqual([]);
});

test('fails on user 0, of the pod or of a container', () => {
  const found = findings(nonRootUser, [
    deployment('dev-orders', {
      securityContext: { runAsUser: 0 },
      containers: [container({ securityContext: { runAsUser: 0 } })],
    }),
  ]);

  expect(found).toEqual([
    'Deployment/dev-orders spec.template.spec.securityContext.runAsUser: the pod runs as root; write the number of another user, got 0',
    'Deployment/dev-orders spec.template.spec.containers[0].securityContext.runAsUser: container "orders" runs as root; write the number of another user, got 0',
  ]);
});
