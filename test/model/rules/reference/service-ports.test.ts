import { describe, expect, test } from '@jest/globals';
import type { Container, ProbeAction } from '../../../../src/model/container.ts';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { servicePorts } from '../../../../src/model/rules/reference/service-ports.ts';
import type { Service } from '../../../../src/model/service.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withContainer, withService } from '../../../support/valid-delivery.ts';

const withOrders = (change: Partial<Service>): Delivery =>
  withService(validDelivery(), 'dev', 'orders', (service) => ({ ...service, ...change }));
const listening = (change: Partial<Container>): Delivery =>
  withContainer(validDelivery(), 'dev', 'orders', (container) => ({ ...container, ...change }));
const asking = (action: ProbeAction): Delivery => listening({ readiness: { action } });

const orders = 'environments.dev.applications.shop.services.orders';

describe('ports lead to something that listens', () => {
  test('passes for ports by number and by name', () => {
    expect(told(servicePorts, validDelivery())).toEqual([]);
    expect(told(servicePorts, withOrders({ ports: [{ name: 'http', port: 80, targetPort: 'http' }] }))).toEqual([]);
    expect(told(servicePorts, withOrders({ ports: [{ name: 'http', port: 8080 }] }))).toEqual([]);
  });

  test('fails for a target that no container listens on', () => {
    expect(told(servicePorts, withOrders({ ports: [{ name: 'http', port: 80 }] }))).toEqual([
      `${orders}.ports.http.targetPort: no container of orders listens there; write 8080, or declare it, got 80`,
    ]);
    expect(told(servicePorts, withOrders({ ports: [{ name: 'http', port: 80, targetPort: 'web' }] }))).toEqual([
      `${orders}.ports.http.targetPort: no container of orders listens there; write "http", or declare it, got "web"`,
    ]);
    expect(
      told(
        servicePorts,
        listening({
          ports: [],
          readiness: { action: { kind: 'tcp', port: 8080 } },
          liveness: { action: { kind: 'tcp', port: 8080 } },
        }),
      ),
    ).toEqual([
      `${orders}.ports.http.targetPort: no container of orders listens there; declare it under ports of the container that listens, got 8080`,
    ]);
  });

  test('fails for a route to a port that the service does not have', () => {
    expect(told(servicePorts, withOrders({ routes: [{ port: 'http' }, { port: 'https', path: '/api' }] }))).toEqual([
      `${orders}.routes[1].port: there is no port of orders of this name; write "http", got "https"`,
    ]);
  });

  test('fails for a probe on a port that its container does not have', () => {
    expect(told(servicePorts, asking({ kind: 'http', path: '/', port: 'web' }))).toEqual([
      `${orders}.containers.orders.readiness.action.port: there is no port of this container of this name; write "http", got "web"`,
    ]);
    expect(told(servicePorts, asking({ kind: 'grpc', port: 0 }))).toEqual([
      `${orders}.containers.orders.readiness.action.port: must be a whole number from 1 to 65535, got 0`,
    ]);
    expect(told(servicePorts, asking({ kind: 'exec', command: ['true'] }))).toEqual([]);
  });

  test('fails for ports that do not exist, and for several without names', () => {
    const ports = [
      { name: 'http', port: 80, targetPort: 8080, named: false },
      { name: 'admin', port: 99999, targetPort: 'http' },
    ];

    expect(told(servicePorts, withOrders({ ports }))).toEqual([
      `${orders}.ports.http.named: must be true where a service has several ports, got false`,
      `${orders}.ports.admin.port: must be a whole number from 1 to 65535, got 99999`,
    ]);
    expect(
      told(
        servicePorts,
        listening({
          ports: [
            { name: 'http', port: 8080 },
            { name: 'odd', port: 1.5 },
          ],
        }),
      ),
    ).toEqual([`${orders}.containers.orders.ports.odd: must be a whole number from 1 to 65535, got 1.5`]);
  });
});
