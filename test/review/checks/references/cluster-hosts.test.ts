import { expect, test } from '@jest/globals';
import { clusterHosts } from '../../../../src/review/checks/references/cluster-hosts.ts';
import { configMap, findings, service, withContainer } from '../small-objects.ts';

test('accepts full hosts of Services of the environment, the API server, and bare names, which may be anything', () => {
  const found = findings(clusterHosts, [
    service('dev-orders-svc'),
    withContainer({
      env: [
        { name: 'A', value: 'http://dev-orders-svc.dev.svc.cluster.local:80/' },
        { name: 'B', value: 'http://elsewhere:80' },
      ],
      args: ['https://kubernetes.default.svc'],
    }),
  ]);

  expect(found).toEqual([]);
});

test('fails on a host in another namespace, on one without a Service, and on a wrong port', () => {
  const found = findings(clusterHosts, [
    service('dev-orders-svc'),
    withContainer({
      env: [{ name: 'QUEUE', value: 'nats://nats.default.svc.cluster.local:4222' }],
      readinessProbe: { exec: { command: ['curl', 'dev-order-svc.dev.svc'] } },
    }),
    configMap('dev-orders-config', { 'app.conf': 'url=dev-orders-svc.dev.svc:8080' }),
  ]);

  expect(found).toEqual([
    'Deployment/dev-orders spec.template.spec.containers[0].env[0].value: the host nats.default.svc.cluster.local:4222 is in another namespace, which this environment does not control; run it here and refer to it',
    'Deployment/dev-orders spec.template.spec.containers[0].readinessProbe.exec.command[1]: there is no Service "dev-order-svc" in this environment; write "dev-orders-svc"',
    'ConfigMap/dev-orders-config data["app.conf"]: Service "dev-orders-svc" has no port 8080; write "80" or "http"',
  ]);
});
