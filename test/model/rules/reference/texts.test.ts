import { describe, expect, test } from '@jest/globals';
import { fromDatabase, type Container } from '../../../../src/model/container.ts';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { texts } from '../../../../src/model/rules/reference/texts.ts';
import type { Service } from '../../../../src/model/service.ts';
import { host, port, text, unprefixedHost } from '../../../../src/model/formats/text.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withContainer, withService } from '../../../support/valid-delivery.ts';

const withOrders = (change: Partial<Service>, container: Partial<Container> = {}): Delivery =>
  withContainer(
    withService(validDelivery(), 'dev', 'orders', (service) => ({ ...service, ...change })),
    'dev',
    'orders',
    (it) => ({ ...it, ...container }),
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
