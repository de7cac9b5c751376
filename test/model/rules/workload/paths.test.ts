import { describe, expect, test } from '@jest/globals';
import { paths } from '../../../../src/model/rules/workload/paths.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withContainer, withEnvironment, withService } from '../../../support/valid-delivery.ts';

const orders = 'environments.dev.applications.shop.services.orders';

describe('paths and hosts are whole', () => {
  test('passes for paths without a slash at their end', () => {
    const delivery = withService(validDelivery(), 'dev', 'orders', (service) => ({
      ...service,
      routes: [
        { path: '/api/v1.0', host: 'shop.example.com', port: 'http' },
        { path: '/', port: 'http' },
      ],
    }));

    expect(told(paths, validDelivery())).toEqual([]);
    expect(told(paths, delivery)).toEqual([]);
  });

  test('fails for prefixes that are not', () => {
    for (const pathPrefix of ['', '/', 'dev', '/dev/', '/dev//x', '/de`v', '/a b']) {
      expect(
        told(
          paths,
          withEnvironment(validDelivery(), 'dev', (dev) => ({ ...dev, pathPrefix })),
        ),
      ).toEqual([
        `environments.dev.pathPrefix: must begin with a slash and not end with one, e.g. "/dev"; leave it out for the root, got ${JSON.stringify(pathPrefix)}`,
      ]);
    }
  });

  test('fails for routes and hosts that are not', () => {
    const routed = withService(validDelivery(), 'dev', 'orders', (service) => ({
      ...service,
      routes: [{ path: 'api', port: 'http', host: 'shop_1' }],
    }));

    expect(
      told(
        paths,
        withEnvironment(routed, 'dev', (dev) => ({ ...dev, host: 'https://shop.example.com' })),
      ),
    ).toEqual([
      'environments.dev.host: must be a host name in lower case, e.g. shop.example.com, got "https://shop.example.com"',
      `${orders}.routes[0].host: must be a host name in lower case, e.g. shop.example.com, got "shop_1"`,
      `${orders}.routes[0].path: must begin with a slash and not end with one, e.g. "/api", got "api"`,
    ]);
  });

  test('fails for mounts that are not', () => {
    const delivery = withContainer(validDelivery(), 'dev', 'orders', (container) => ({
      ...container,
      mounts: ['uploads', '/a:b', '/a/'].map((path) => ({ volume: 'uploads', path })),
    }));
    const must = 'must be an absolute path without a slash at its end';

    expect(told(paths, delivery)).toEqual([
      `${orders}.containers.orders.mounts[0].path: ${must}, got "uploads"`,
      `${orders}.containers.orders.mounts[1].path: ${must}, got "/a:b"`,
      `${orders}.containers.orders.mounts[2].path: ${must}, got "/a/"`,
    ]);
  });

  test('fails for probes that ask for what is no path', () => {
    for (const path of ['', 'healthz', '/health z'])
      expect(
        told(
          paths,
          withContainer(validDelivery(), 'dev', 'orders', (container) => ({
            ...container,
            readiness: { action: { kind: 'http', path, port: 'http' } },
          })),
        ),
      ).toEqual([
        `${orders}.containers.orders.readiness.action.path: must begin with a slash and hold no spaces, e.g. "/healthz", got ${JSON.stringify(path)}`,
      ]);
  });
});
