import { expect, test } from '@jest/globals';
import { probePorts } from '../../../../../src/review/checks/references/pods/probe-ports.ts';
import { findings, withContainer } from '../../small-objects.ts';

test('accepts ports of the container, and numbers where it does not say which it has', () => {
  expect(findings(probePorts, [withContainer({ livenessProbe: { tcpSocket: { port: 8080 } } })])).toEqual([]);
  expect(
    findings(probePorts, [withContainer({ ports: [], readinessProbe: { grpc: { port: 9000 } }, livenessProbe: {} })]),
  ).toEqual([]);
});

test('fails on a port that the container does not have, in a probe and in a hook', () => {
  const pod = withContainer({
    readinessProbe: { httpGet: { path: '/', port: 'web' } },
    livenessProbe: { tcpSocket: { port: 3000 } },
    lifecycle: { preStop: { httpGet: { path: '/stop', port: 'admin' } } },
  });

  expect(findings(probePorts, [pod])).toEqual([
    'Deployment/dev-orders spec.template.spec.containers[0].livenessProbe.tcpSocket.port: container "orders" has no port 3000; write "8080" or "http"',
    'Deployment/dev-orders spec.template.spec.containers[0].readinessProbe.httpGet.port: container "orders" has no port web; write "8080" or "http"',
    'Deployment/dev-orders spec.template.spec.containers[0].lifecycle.preStop.httpGet.port: container "orders" has no port admin; write "8080" or "http"',
  ]);
});
