import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import type { Environment } from '../../../../src/model/environment.ts';
import { separateEnvironments } from '../../../../src/model/rules/isolation/separate-environments.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withEnvironment } from '../../../support/valid-delivery.ts';

const withProd = (change: Partial<Environment>): Delivery =>
  withEnvironment(validDelivery(), 'prod', (environment) => ({ ...environment, ...change }));

const also = 'is that of dev too, on the same cluster; give each environment its own';

describe('environments on one cluster share nothing', () => {
  test('passes where each has its namespace, prefix and path', () => {
    expect(told(separateEnvironments, validDelivery())).toEqual([]);
  });

  test('passes where they share on different clusters', () => {
    const cluster = { name: 'remote', kubernetes: { oldest: '1.30', newest: '1.36' } } as const;

    expect(
      told(separateEnvironments, withProd({ cluster, namespace: 'dev', namePrefix: 'dev-', pathPrefix: '/dev' })),
    ).toEqual([]);
  });

  test('passes where a path is shared under different hosts, and where names have no prefix', () => {
    const hosts = withEnvironment(withProd({ pathPrefix: '/dev', host: 'shop.example.com' }), 'dev', (dev) => ({
      ...dev,
      host: 'dev.example.com',
    }));
    const bare = withEnvironment(withProd({ namePrefix: '' }), 'dev', (dev) => ({ ...dev, namePrefix: '' }));

    expect(told(separateEnvironments, hosts)).toEqual([]);
    expect(told(separateEnvironments, bare)).toEqual([]);
  });

  test('fails where they share a namespace', () => {
    expect(told(separateEnvironments, withProd({ namespace: 'dev' }))).toEqual([
      `environments.prod.namespace: ${also}, got "dev"`,
    ]);
  });

  test('fails where they share a prefix', () => {
    expect(told(separateEnvironments, withProd({ namePrefix: 'dev-' }))).toEqual([
      `environments.prod.namePrefix: ${also}, got "dev-"`,
    ]);
  });

  test('fails where they share a path, and one answers any host', () => {
    expect(told(separateEnvironments, withProd({ pathPrefix: '/dev', host: 'shop.example.com' }))).toEqual([
      `environments.prod.pathPrefix: ${also}, got "/dev"`,
    ]);
  });
});
