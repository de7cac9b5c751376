import { describe, expect, test } from '@jest/globals';
import { neighboursOf } from '../../src/constructs/neighbour.ts';
import { everyService } from './every-field.ts';
import { environmentWith } from './synthesize.ts';

describe('neighboursOf', () => {
  test('knows the host, the ports and the pods of services and databases', () => {
    const environment = environmentWith();
    const shop = environment.applications[0]!;

    const neighbours = neighboursOf(environment, { ...shop, services: [...shop.services, everyService] });

    expect([...neighbours.keys()]).toEqual(['orders-db', 'orders', 'payments', 'web']);
    expect(neighbours.get('orders-db')).toEqual({
      host: 'dev-orders-db-svc',
      unprefixedHost: 'orders-db-svc',
      ports: new Map([['postgresql', { port: 5432, podPort: 5432 }]]),
      peer: { kind: 'pods', labels: { app: 'orders-db' } },
    });
    expect(neighbours.get('web')).toEqual({
      // Its pods may do more than those of the environment's namespace.
      host: 'dev-web-front.dev-baseline',
      unprefixedHost: 'web-front.dev-baseline',
      // The Service sends `http` to the container's port of that name.
      ports: new Map([
        ['http', { port: 80, podPort: 8080 }],
        ['raw', { port: 8080, podPort: 8080 }],
      ]),
      peer: { kind: 'pods', labels: { 'app.kubernetes.io/name': 'web' }, namespace: 'dev-baseline' },
    });
  });

  test('leaves a port name that no container declares to the cluster', () => {
    const environment = environmentWith();
    const shop = environment.applications[0]!;
    const service = { ...shop.services[0]!, ports: [{ name: 'metrics', port: 9100, targetPort: 'prometheus' }] };

    expect(neighboursOf(environment, { ...shop, services: [service] }).get('orders')?.ports).toEqual(
      new Map([['metrics', { port: 9100, podPort: 'prometheus' }]]),
    );
  });
});
