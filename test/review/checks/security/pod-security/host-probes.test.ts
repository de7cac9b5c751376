import { expect, test } from '@jest/globals';
import { hostProbes } from '../../../../../src/review/checks/security/pod-security/host-probes.ts';
import { dev, findings, withContainer } from '../../small-objects.ts';

const pod = withContainer({
  livenessProbe: { tcpSocket: { port: 1, host: '10.0.0.1' } },
  readinessProbe: { httpGet: { port: 1, host: '' } },
  lifecycle: { preStop: { httpGet: { port: 1, host: '127.0.0.1' } } },
});

test('accepts probes of the pod itself, and any on a Kubernetes line that does not know the control', () => {
  const older = { ...dev(), cluster: { ...dev().cluster, kubernetes: { oldest: '1.28', newest: '1.33' } as const } };

  expect(findings(hostProbes, [withContainer({})])).toEqual([]);
  expect(findings(hostProbes, [pod], { environment: older })).toEqual([]);
});

test('fails on a probe or hook that asks another host', () => {
  expect(findings(hostProbes, [pod])).toEqual([
    'Deployment/dev-orders spec.template.spec.containers[0].livenessProbe.tcpSocket.host: container "orders" makes the kubelet ask another host; remove the field, got "10.0.0.1"',
    'Deployment/dev-orders spec.template.spec.containers[0].lifecycle.preStop.httpGet.host: container "orders" makes the kubelet ask another host; remove the field, got "127.0.0.1"',
  ]);
});
