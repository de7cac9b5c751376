import { describe, expect, test } from '@jest/globals';
import { fromDatabase, type Container } from '../../../../src/model/container.ts';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { texts } from '../../../../src/model/rules/reference/texts.ts';
import { connectsTo, type Connection, type Service } from '../../../../src/model/service.ts';
import { host, port, text, unprefixedHost } from '../../../../src/model/formats/text.ts';
import { severalApplications } from '../../../support/several-applications.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withContainer, withService } from '../../../support/valid-delivery.ts';

const withOrders = (change: Partial<Service>, container: Partial<Container> = {}): Delivery =>
  withContainer(
    withService(validDelivery(), 'dev', 'orders', (service) => ({ ...service, ...change })),
    'dev',
    'orders',
    (it) => ({ ...it, ...container }),
  );

/** `orders` asks `payments` of another application. */
const asking = (connection?: Connection, application = 'bank'): Delivery =>
  withContainer(
    withService(severalApplications(), 'dev', 'orders', ({ connects = [], ...service }) => ({
      ...service,
      connects: [...connects, ...(connection === undefined ? [] : [connection])],
    })),
    'dev',
    'orders',
    (container) => ({ ...container, env: { PAYMENTS: text`${host('payments', application)}` } }),
  );

const orders = 'environments.dev.applications.shop.services.orders';

describe('whatever a text mentions exists and may be reached', () => {
  test('passes where each mention has its connection', () => {
    expect(told(texts, validDelivery())).toEqual([]);
  });

  test('passes where a service mentions itself', () => {
    expect(
      told(texts, withOrders({}, { command: ['serve', text`${host('orders')}:${port('orders', 'http')}`] })),
    ).toEqual([]);
  });

  test('passes for a neighbour of another application, where the connection names it too', () => {
    expect(told(texts, asking(connectsTo('payments', 'http', 'bank')))).toEqual([]);
  });

  test('fails for a neighbour of another application that it may not reach, or that is not there', () => {
    const message = "which orders may not reach; write connectsTo('payments', 'http', 'bank') under connects";
    const at = 'environments.dev.applications.shop.services.orders.containers.orders.env';

    expect(told(texts, asking())).toEqual([`${at}.PAYMENTS: mentions payments, ${message}`]);
    // What is called the same in its own application is another.
    expect(told(texts, asking(connectsTo('payments', 'http')))).toEqual([
      `${at}.PAYMENTS: mentions payments, ${message}`,
    ]);
    expect(told(texts, asking(connectsTo('payments', 'http', 'bank'), 'bnak'))).toEqual([
      `${at}.PAYMENTS: there is no application of this name; write "bank", got "bnak"`,
    ]);
    expect(told(texts, asking(connectsTo('payments', 'http', 'bank'), 'audit'))).toEqual([
      `${at}.PAYMENTS: there is no service or database of this name; write "auditor", got "payments"`,
    ]);
  });

  test('fails for a database that the other application does not have', () => {
    const delivery = withContainer(severalApplications(), 'dev', 'auditor', (container) => ({
      ...container,
      env: { A: fromDatabase('orders-db', 'password', 'shop'), B: fromDatabase('orders-db', 'password', 'bank') },
    }));

    expect(told(texts, delivery)).toEqual([
      'environments.dev.applications.audit.services.auditor.containers.auditor.env.B: there is no database of this name, and none is declared, got "orders-db"',
    ]);
  });

  test('fails where the connection is missing, wherever the text stands, and says so once', () => {
    const config = {
      name: 'orders-config',
      data: { PAYMENTS: text`${unprefixedHost('payments')}:${port('payments', 'http')}` },
    };
    const delivery = withOrders(
      { connects: [], configs: [config] },
      {
        command: ['serve'],
        args: ['--payments', text`${host('payments')}`],
        env: {
          DB_HOST: fromDatabase('orders-db', 'host'),
          DB_NAME: fromDatabase('orders-db', 'name'),
          PAYMENTS: text`${host('payments')}`,
        },
        readiness: {
          action: { kind: 'exec', command: ['curl', text`http://${host('payments')}:${port('payments', 'http')}/`] },
        },
      },
    );
    const message =
      "mentions payments, which orders may not reach; write connectsTo('payments', 'http') under connects";

    expect(told(texts, delivery)).toEqual([
      `${orders}.containers.orders.args[1]: ${message}`,
      `${orders}.containers.orders.env.PAYMENTS: ${message}`,
      `${orders}.containers.orders.readiness.action.command[1]: ${message}`,
      `${orders}.configs.orders-config.PAYMENTS: ${message}`,
      `${orders}.containers.orders.env.DB_HOST: mentions orders-db, which orders may not reach; write connectsTo('orders-db', 'postgresql') under connects`,
    ]);
  });

  test('fails where the mentioned service, database or port does not exist', () => {
    const delivery = withOrders(
      {},
      {
        env: {
          A: text`${host('payment')}`,
          B: text`${port('payments', 'web')}`,
          C: fromDatabase('order-db', 'password'),
        },
      },
    );

    expect(told(texts, delivery)).toEqual([
      `${orders}.containers.orders.env.A: there is no service or database of this name; write "payments", got "payment"`,
      `${orders}.containers.orders.env.B: payments has no port of this name; write "http", got "web"`,
      `${orders}.containers.orders.env.C: there is no database of this name; write "orders-db", got "order-db"`,
    ]);
  });

  test('fails where the mentioned service has no ports', () => {
    const delivery = withService(
      withOrders({}, { env: { A: text`${host('payments')}`, B: text`${port('payments', 'http')}` } }),
      'dev',
      'payments',
      ({ ports: _, ...service }) => service,
    );

    expect(told(texts, delivery)).toEqual([
      `${orders}.containers.orders.env.A: has no ports and so no host, got "payments"`,
      `${orders}.containers.orders.env.B: payments has no ports, got "http"`,
    ]);
  });

  test('fails for what is neither a string nor a reference', () => {
    // The types forbid these; a program that is not type-checked holds them all the same.
    const odd = (value: unknown) => text`nats://x:${value as string}/`;
    const must = 'a text holds strings and references alone; write';
    const other = "host('NAME'), port('NAME', 'PORT') or a string";

    for (const [value, message] of [
      [4222, `${must} "4222" in quotes, or port('NAME', 'PORT'), got 4222`],
      [undefined, `${must} ${other}, got "undefined"`],
      [null, `${must} ${other}, got null`],
      [{ kind: 'database', of: 'orders-db' }, `${must} ${other}, got "an object"`],
      [text`a`, `${must} ${other}, got "an object"`],
    ] as const)
      expect(told(texts, withOrders({}, { env: { NATS_URL: odd(value) } }))).toEqual([
        `${orders}.containers.orders.env.NATS_URL: ${message}`,
      ]);
  });
});
