import { describe, expect, test } from '@jest/globals';
import { quantities } from '../../../../src/model/rules/workload/quantities.ts';
import { told } from '../../../support/told.ts';
import {
  validDelivery,
  withApplication,
  withContainer,
  withDatabase,
  withEnvironment,
  withService,
} from '../../../support/valid-delivery.ts';

const shop = 'environments.prod.applications.shop';
const must = 'must be a Kubernetes quantity, e.g.';

describe('every amount is a quantity', () => {
  test('passes for limits that are not below requests, or are not there', () => {
    const delivery = withContainer(validDelivery(), 'prod', 'orders', (container) => ({
      ...container,
      resources: { requests: { cpu: '0.5', memory: '1Gi' }, limits: { cpu: '500m' } },
    }));

    expect(told(quantities, validDelivery())).toEqual([]);
    expect(told(quantities, delivery)).toEqual([]);
  });

  test('fails for amounts that are none', () => {
    const amounts = withContainer(validDelivery(), 'prod', 'orders', (container) => ({
      ...container,
      resources: { requests: { cpu: '250 m', memory: '256MB' }, limits: { cpu: '-1', memory: '' } },
    }));
    const volumes = withService(amounts, 'prod', 'payments', (service) => ({
      ...service,
      volumes: [{ name: 'scratch', kind: 'emptyDir', sizeLimit: '64mb' }],
    }));
    const delivery = withEnvironment(volumes, 'prod', (prod) => ({
      ...prod,
      cluster: { ...prod.cluster, capacity: { cpu: 'four', memory: '8Gi' } },
    }));

    expect(told(quantities, delivery)).toEqual([
      `environments.prod.cluster.capacity.cpu: ${must} "4", got "four"`,
      `${shop}.services.orders.containers.orders.resources.requests.cpu: ${must} "250m", got "250 m"`,
      `${shop}.services.orders.containers.orders.resources.requests.memory: ${must} "256Mi", got "256MB"`,
      `${shop}.services.orders.containers.orders.resources.limits.cpu: ${must} "500m", got "-1"`,
      `${shop}.services.orders.containers.orders.resources.limits.memory: ${must} "512Mi", got ""`,
      `${shop}.services.payments.volumes.scratch.sizeLimit: ${must} "64Mi", got "64mb"`,
    ]);
  });

  test('fails for a limit below its request', () => {
    const delivery = withContainer(validDelivery(), 'prod', 'orders', (container) => ({
      ...container,
      resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '500m', memory: '1G' } },
    }));

    expect(told(quantities, delivery)).toEqual([
      `${shop}.services.orders.containers.orders.resources.limits.cpu: must not be below the request of 1, got "500m"`,
      `${shop}.services.orders.containers.orders.resources.limits.memory: must not be below the request of 1Gi, got "1G"`,
    ]);
  });

  test('fails for disks of no size', () => {
    const claims = withApplication(validDelivery(), 'prod', (application) => ({
      ...application,
      claims: (application.claims ?? []).map((claim) => ({ ...claim, size: '0' })),
    }));
    const delivery = withDatabase(claims, 'prod', 'orders-db', (database) => ({
      ...database,
      storage: { ...database.storage, size: 'big' },
      backup: { ...database.backup!, storage: { size: '', storageClass: 'local-path' } },
    }));

    expect(told(quantities, delivery)).toEqual([
      `${shop}.claims.uploads.size: ${must} "1Gi", above zero, got "0"`,
      `${shop}.databases.orders-db.storage.size: ${must} "1Gi", above zero, got "big"`,
      `${shop}.databases.orders-db.backup.storage.size: ${must} "1Gi", above zero, got ""`,
    ]);
  });

  test('fails for amounts that Kubernetes reads and nobody means', () => {
    const delivery = withContainer(validDelivery(), 'prod', 'orders', (container) => ({
      ...container,
      resources: { requests: { cpu: '250', memory: '512m' }, limits: { cpu: '500', memory: '512' } },
    }));
    const at = `${shop}.services.orders.containers.orders.resources`;

    expect(told(quantities, delivery)).toEqual([
      `${at}.requests.cpu: is more CPUs than a node has; write "250m" for thousandths, got "250"`,
      `${at}.requests.memory: is less memory than any container starts in; write "512Mi", got "512m"`,
      `${at}.limits.cpu: is more CPUs than a node has; write "500m" for thousandths, got "500"`,
      `${at}.limits.memory: is less memory than any container starts in; write "512Mi", got "512"`,
    ]);
  });
});
