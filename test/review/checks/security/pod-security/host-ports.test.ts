import { expect, test } from '@jest/globals';
import { hostPorts } from '../../../../../src/review/checks/security/pod-security/host-ports.ts';
import { findings, withContainer } from '../../small-objects.ts';

test('accepts ports of the pod', () => {
  expect(findings(hostPorts, [withContainer({ ports: [{ containerPort: 80, hostPort: 0 }] })])).toEqual([]);
});

test('fails on a port of the node', () => {
  expect(
    findings(hostPorts, [withContainer({ ports: [{ containerPort: 80 }, { containerPort: 443, hostPort: 443 }] })]),
  ).toEqual([
    'Deployment/dev-orders spec.template.spec.containers[0].ports[1].hostPort: container "orders" takes a port of its node; remove it and use a Service, got 443',
  ]);
});
