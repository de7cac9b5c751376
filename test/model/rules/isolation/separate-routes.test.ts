import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { separateRoutes } from '../../../../src/model/rules/isolation/separate-routes.ts';
import type { Route } from '../../../../src/model/network/route.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withEnvironment, withService } from '../../../support/valid-delivery.ts';

const routing = (...routes: readonly Route[]): Delivery =>
  withService(validDelivery(), 'dev', 'payments', (service) => ({ ...service, routes }));

describe('two routes never answer the same requests', () => {
  test('passes where paths or hosts differ', () => {
    expect(told(separateRoutes, validDelivery())).toEqual([]);
    expect(
      told(
        separateRoutes,
        withEnvironment(routing({ port: 'http', host: 'pay.example.com' }), 'dev', (dev) => ({
          ...dev,
          host: 'shop.example.com',
        })),
      ),
    ).toEqual([]);
  });

  test('fails where two services answer one path', () => {
    expect(told(separateRoutes, routing({ port: 'http', path: '/' }))).toEqual([
      'environments.dev.applications.shop.services.payments.routes[0]: answers the same requests as environments.dev.applications.shop.services.orders.routes[0]; give each its own host or path, got "/dev"',
    ]);
  });

  test('fails where two environments without a path answer the root', () => {
    const rooted = ['dev', 'prod'].reduce(
      (delivery, name) => withEnvironment(delivery, name, ({ pathPrefix: _, ...environment }) => environment),
      validDelivery(),
    );
    const delivery = withService(rooted, 'prod', 'payments', ({ routes: _, ...service }) => service);

    expect(told(separateRoutes, delivery)).toEqual([
      'environments.prod.applications.shop.services.orders.routes[0]: answers the same requests as environments.dev.applications.shop.services.orders.routes[0]; give each its own host or path, got "/"',
    ]);
  });
});
