import { expect, test } from '@jest/globals';
import { privilegedContainers } from '../../../../../src/review/checks/security/pod-security/privileged-containers.ts';
import { container, deployment, findings } from '../../small-objects.ts';

test('accepts containers that are not privileged', () => {
  expect(
    findings(privilegedContainers, [
      deployment('dev-orders', { containers: [container({ securityContext: { privileged: false } })] }),
    ]),
  ).toEqual([]);
});

test('fails on a privileged container, also one that only sets up', () => {
  const found = findings(privilegedContainers, [
    deployment('dev-orders', { initContainers: [container({ name: 'setup', securityContext: { privileged: true } })] }),
  ]);

  expect(found).toEqual([
    'Deployment/dev-orders spec.template.spec.initContainers[0].securityContext.privileged: init container "setup" is privileged, which is root on the node; write false',
  ]);
});
