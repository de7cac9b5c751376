import { expect, test } from '@jest/globals';
import { targetPorts } from '../../../../src/review/checks/references/target-ports.ts';
import { findings, object, service, withContainer } from '../small-objects.ts';

test('accepts ports that the pods have, and numbers where the pods do not say which they have', () => {
  expect(findings(targetPorts, [service('dev-orders-svc'), withContainer({})])).toEqual([]);
  expect(
    findings(targetPorts, [service('dev-orders-svc', { ports: [{ port: 8080 }] }), withContainer({ ports: [] })]),
  ).toEqual([]);
});

test('fails on a name or a number that no container of the pods has', () => {
  const found = findings(targetPorts, [
    service('dev-orders-svc', {
      ports: [
        { name: 'a', port: 80, targetPort: 'web' },
        { name: 'b', port: 81, targetPort: 3000 },
      ],
    }),
    withContainer({}),
  ]);

  expect(found).toEqual([
    'Service/dev-orders-svc spec.ports[0].targetPort: no container of Deployment "dev-orders" has the port web; write "8080" or "http"',
    'Service/dev-orders-svc spec.ports[1].targetPort: no container of Deployment "dev-orders" has the port 3000; write "8080" or "http"',
  ]);
});

const selector = { matchLabels: { app: 'orders' } };
const monitor = (kind: 'ServiceMonitor' | 'PodMonitor', spec: object) =>
  object('monitoring.coreos.com/v1', kind, 'dev-orders', { spec: { selector, ...spec } });
const labelled = object(
  'v1',
  'Service',
  'dev-orders-svc',
  { spec: { ports: [{ name: 'web', port: 80 }] } },
  { labels: { app: 'orders' } },
);

test('accepts a monitor that asks at a port of what it selects, that names none, and one that looks elsewhere', () => {
  expect(
    findings(targetPorts, [
      withContainer({}),
      labelled,
      monitor('PodMonitor', { podMetricsEndpoints: [{ port: 'http' }, { targetPort: 9090 }] }),
      monitor('ServiceMonitor', { endpoints: [{ port: 'web' }] }),
      monitor('ServiceMonitor', { endpoints: [{ port: 'metrics' }], namespaceSelector: { any: true } }),
    ]),
  ).toEqual([]);
});

test('fails on a monitor that asks at a port of a name that nothing it selects has', () => {
  expect(
    findings(targetPorts, [
      withContainer({}),
      labelled,
      monitor('PodMonitor', { podMetricsEndpoints: [{ port: 'http' }, { port: 'metrics' }] }),
      monitor('ServiceMonitor', { endpoints: [{ port: 'http' }] }),
    ]),
  ).toEqual([
    'PodMonitor/dev-orders spec.podMetricsEndpoints[1].port: no pod that it selects has a port of the name "metrics", so that nothing is ever asked; write "http"',
    'ServiceMonitor/dev-orders spec.endpoints[0].port: no Service that it selects has a port of the name "http", so that nothing is ever asked; write "web"',
  ]);
});
