import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { unprefixedHosts } from '../../../../src/model/rules/workload/unprefixed-hosts.ts';
import { text, unprefixedHost } from '../../../../src/model/formats/text.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withContainer, withEnvironment } from '../../../support/valid-delivery.ts';

const assembling = (delivery: Delivery): Delivery =>
  withContainer(delivery, 'dev', 'orders', (container) => ({
    ...container,
    env: { DB_HOST: text`${unprefixedHost('orders-db')}` },
  }));

describe('a host that a program completes by itself', () => {
  test('passes where the prefix is the namespace and a dash', () => {
    expect(told(unprefixedHosts, assembling(validDelivery()))).toEqual([]);
  });

  test('passes with another prefix where nobody completes hosts', () => {
    expect(
      told(
        unprefixedHosts,
        withEnvironment(validDelivery(), 'dev', (dev) => ({ ...dev, namePrefix: 'd-' })),
      ),
    ).toEqual([]);
  });

  test('fails with another prefix', () => {
    expect(
      told(
        unprefixedHosts,
        withEnvironment(assembling(validDelivery()), 'dev', (dev) => ({ ...dev, namePrefix: 'd-' })),
      ),
    ).toEqual([
      'environments.dev.applications.shop.services.orders.containers.orders.env.DB_HOST: the program looks for orders-db behind "dev-", so environments.dev.namePrefix must be that, or write host, got "d-"',
    ]);
  });
});
