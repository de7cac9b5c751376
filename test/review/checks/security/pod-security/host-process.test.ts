import { expect, test } from '@jest/globals';
import { hostProcess } from '../../../../../src/review/checks/security/pod-security/host-process.ts';
import { container, deployment, findings } from '../../small-objects.ts';

test('accepts Windows containers of their own', () => {
  expect(
    findings(hostProcess, [deployment('dev-orders', { securityContext: { windowsOptions: { hostProcess: false } } })]),
  ).toEqual([]);
});

test('fails on a container that is a process of its node', () => {
  expect(
    findings(hostProcess, [
      deployment('dev-orders', {
        containers: [container({ securityContext: { windowsOptions: { hostProcess: true } } })],
      }),
    ]),
  ).toEqual([
    'Deployment/dev-orders spec.template.spec.containers[0].securityContext.windowsOptions.hostProcess: container "orders" is a process of its Windows node; remove the field',
  ]);
});
