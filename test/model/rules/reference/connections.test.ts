import { describe, expect, test } from '@jest/globals';
import { connections } from '../../../../src/model/rules/reference/connections.ts';
import { connectsTo, httpsOut } from '../../../../src/model/service.ts';
import type { Connection, Service } from '../../../../src/model/service.ts';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withEnvironment, withService } from '../../../support/valid-delivery.ts';

const connecting = (...connects: readonly Connection[]): Delivery =>
  withService(validDelivery(), 'dev', 'orders', (service) => ({ ...service, connects }));

const path = 'environments.dev.applications.shop.services.orders.connects';

describe('whatever a service connects to exists', () => {
  test('passes for services, databases and the internet', () => {
    expect(told(connections, validDelivery())).toEqual([]);
    expect(told(connections, connecting(httpsOut('the bank')))).toEqual([]);
  });

  test('passes for a service of another application of the environment, and fails where there is none', () => {
    const valid = connecting(
      { kind: 'service', to: 'mailer', port: 'smtp', application: 'mail' },
      { kind: 'service', to: 'mailer', port: 'http', application: 'mail' },
    );
    const mail = (services: readonly Service[]): Delivery =>
      withEnvironment(valid, 'dev', (dev) => ({
        ...dev,
        applications: [...dev.applications, { name: 'mail', services }],
      }));

    expect(
      told(
        connections,
        mail([
          {
            name: 'mailer',
            containers: [],
            ports: [
              { name: 'smtp', port: 25 },
              { name: 'http', port: 80 },
            ],
          },
        ]),
      ),
    ).toEqual([]);
    expect(told(connections, mail([{ name: 'mailer', containers: [], ports: [{ name: 'smtp', port: 25 }] }]))).toEqual([
      `${path}[1]: mailer has no port of this name; write "smtp", got "http"`,
    ]);
    expect(told(connections, valid)).toEqual(
      [0, 1].map(
        (i) => `${path}[${i}].application: there is no application in dev of this name; write "shop", got "mail"`,
      ),
    );
  });

  test('fails for a service that does not exist', () => {
    expect(told(connections, connecting(connectsTo('refunds', 'http'), connectsTo('payment', 'http')))).toEqual([
      `${path}[0]: there is no service or database of this name; write "orders", "payments" or "orders-db", got "refunds"`,
      `${path}[1]: there is no service or database of this name; write "payments", got "payment"`,
    ]);
  });

  test('fails for a port that does not exist', () => {
    expect(told(connections, connecting(connectsTo('payments', 'https'), connectsTo('orders-db', 'http')))).toEqual([
      `${path}[0]: payments has no port of this name; write "http", got "https"`,
      `${path}[1]: orders-db has no port of this name; write "postgresql", got "http"`,
    ]);
  });

  test('fails for a service without ports', () => {
    const delivery = withService(
      connecting(connectsTo('payments', 'http')),
      'dev',
      'payments',
      ({ ports: _, ...service }) => service,
    );

    expect(told(connections, delivery)).toEqual([`${path}[0]: payments has no ports to connect to, got "http"`]);
  });

  test('fails for the internet without ports, with an impossible one, or without a reason', () => {
    expect(
      told(
        connections,
        connecting(
          { kind: 'internet', ports: [], reason: '' },
          { kind: 'internet', ports: [443, 70000], reason: 'mail' },
        ),
      ),
    ).toEqual([
      `${path}[0].ports: must name at least one port, got []`,
      `${path}[0].reason: must say what for, got ""`,
      `${path}[1].ports: must be whole numbers from 1 to 65535, got 70000`,
    ]);
  });
});
