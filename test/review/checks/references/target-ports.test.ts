import { expect, test } from '@jest/globals';
import { targetPorts } from '../../../../src/review/checks/references/target-ports.ts';
import { findings, service, withContainer } from '../small-objects.ts';

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
