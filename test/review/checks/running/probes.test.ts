import { expect, test } from '@jest/globals';
import { probes } from '../../../../src/review/checks/running/probes.ts';
import { container, deployment, findings, service, withContainer } from '../small-objects.ts';

const bare = { readinessProbe: undefined, livenessProbe: undefined };

test('accepts probes on what receives traffic, and none on what does not', () => {
  expect(
    findings(probes, [
      service('dev-orders-svc'),
      deployment('dev-orders', { containers: [container(), container({ name: 'sidecar', ports: [], ...bare })] }),
    ]),
  ).toEqual([]);
  expect(findings(probes, [withContainer(bare)])).toEqual([]);
});

test('fails on a container that receives traffic without probes', () => {
  expect(findings(probes, [service('dev-orders-svc'), withContainer(bare)])).toEqual([
    'Deployment/dev-orders spec.template.spec.containers[0].readinessProbe: container "orders" receives traffic before anybody knows that it can serve it; add a readiness probe',
    'Deployment/dev-orders spec.template.spec.containers[0].livenessProbe: container "orders" receives traffic and is never started again when it hangs; add a liveness probe',
  ]);
});

test('fails where no container says that it has the port: then it is the first', () => {
  const found = findings(probes, [
    service('dev-orders-svc', { ports: [{ port: 80, targetPort: 9000 }] }),
    withContainer({ readinessProbe: {} }),
  ]);

  expect(found).toEqual([
    'Deployment/dev-orders spec.template.spec.containers[0].readinessProbe: container "orders" receives traffic before anybody knows that it can serve it; add a readiness probe',
  ]);
});
