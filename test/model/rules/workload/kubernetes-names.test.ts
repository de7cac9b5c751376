import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import type { Environment } from '../../../../src/model/environment.ts';
import { kubernetesNames } from '../../../../src/model/rules/workload/kubernetes-names.ts';
import type { Service } from '../../../../src/model/service.ts';
import { told } from '../../../support/told.ts';
import {
  validDelivery,
  withApplication,
  withContainer,
  withDatabase,
  withEnvironment,
  withService,
} from '../../../support/valid-delivery.ts';

const withOrders = (change: Partial<Service>): Delivery =>
  withService(validDelivery(), 'dev', 'orders', (service) => ({ ...service, ...change }));
const withDev = (change: Partial<Environment>): Delivery =>
  withEnvironment(validDelivery(), 'dev', (environment) => ({ ...environment, ...change }));

const shop = 'environments.dev.applications.shop';
const orders = `${shop}.services.orders`;
const long = 'o'.repeat(60);

describe('Kubernetes accepts every name', () => {
  test('passes for a valid delivery, and for the longest names', () => {
    expect(told(kubernetesNames, validDelivery())).toEqual([]);
    expect(told(kubernetesNames, withOrders({ names: { workload: 'o'.repeat(59), service: 'o'.repeat(59) } }))).toEqual(
      [],
    );
  });

  test('fails for a name that its prefix makes too long', () => {
    expect(told(kubernetesNames, withOrders({ names: { workload: long, service: long } }))).toEqual([
      `${orders}: the name of a Deployment may have 63 characters and has 64; shorten it, got "dev-${long}"`,
      `${orders}: the name of a Service may have 63 characters and has 64; shorten it, got "dev-${long}"`,
    ]);
  });

  test('fails earlier for what puts its name into labels of its pods', () => {
    const name = 'o'.repeat(49);

    expect(told(kubernetesNames, withOrders({ workload: 'StatefulSet', names: { workload: name } }))).toEqual([
      `${orders}: the name of a StatefulSet may have 52 characters and has 53; shorten it, got "dev-${name}"`,
    ]);
  });

  test('fails for letters that Kubernetes refuses', () => {
    const delivery = withDatabase(
      withApplication(
        withOrders({ name: 'Orders', configs: [{ name: 'orders_config', data: {} }] }),
        'dev',
        (application) => ({
          ...application,
          claims: [
            {
              name: 'Uploads',
              size: '1Gi',
              storageClass: 'manual',
              accessMode: 'ReadWriteOnce',
              local: { volume: 'up loads', node: 'node-1', path: '/data' },
            },
          ],
          routing: { ingressRoute: 'Shop', middleware: 'shop.' },
        }),
      ),
      'dev',
      'orders-db',
      (database) => ({ ...database, names: { workload: 'DB' } }),
    );
    const must = 'must be lower-case letters, digits, dashes and dots';

    expect(told(kubernetesNames, delivery)).toEqual([
      `${shop}.services.Orders: the name of a Deployment must be lower-case letters, digits and dashes, got "dev-Orders"`,
      `${shop}.services.Orders: the name of a Service must be lower-case letters, digits and dashes, and begin with a letter, got "dev-Orders-svc"`,
      `${shop}.services.Orders: the name of a ConfigMap ${must}, got "dev-orders_config"`,
      `${shop}.services.Orders: the name of a NetworkPolicy ${must}, got "dev-Orders"`,
      `${shop}.databases.orders-db: the name of a StatefulSet must be lower-case letters, digits and dashes, got "dev-DB"`,
      `${shop}.databases.orders-db: the name of a PersistentVolumeClaim ${must}, got "orders-db-disk-dev-DB-0"`,
      `${shop}.claims.Uploads: the name of a PersistentVolumeClaim ${must}, got "dev-Uploads"`,
      `${shop}.claims.Uploads: the name of a PersistentVolume ${must}, got "dev-up loads"`,
      `${shop}.routing: the name of an IngressRoute ${must}, got "dev-Shop"`,
      `${shop}.routing: the name of a Middleware ${must}, got "dev-shop."`,
    ]);
  });

  test('fails for a Service that begins with a digit, and for a prefix without a dash', () => {
    expect(told(kubernetesNames, withDev({ namePrefix: '1-' }))).toContain(
      `${orders}: the name of a Service must be lower-case letters, digits and dashes, and begin with a letter, got "1-orders-svc"`,
    );
    expect(told(kubernetesNames, withDev({ namePrefix: 'dev' }))).toEqual([
      'environments.dev.namePrefix: must be empty, or lower-case letters, digits and dashes with a dash at the end, got "dev"',
    ]);
  });

  test('fails for the delivery, its environments and their namespaces', () => {
    expect(
      told(kubernetesNames, { ...withDev({ name: 'Dev', namespace: 'dev_1' }), name: 'The Shop' }).filter(
        (line) => !line.includes('.services.') && !line.includes('.databases.'),
      ),
    ).toEqual([
      'name: the name of a delivery must be lower-case letters, digits and dashes, got "The Shop"',
      'environments.Dev.name: the name of an environment must be lower-case letters, digits and dashes, got "Dev"',
      'environments.Dev.namespace: the name of a Namespace must be lower-case letters, digits and dashes, got "dev_1"',
      'environments.Dev: the name of an AppProject must be lower-case letters, digits and dashes, got "The Shop-Dev"',
      'environments.Dev: the name of a NetworkPolicy must be lower-case letters, digits, dashes and dots, got "Dev-default-deny"',
      'environments.prod: the name of an AppProject must be lower-case letters, digits and dashes, got "The Shop-prod"',
      'environments.Dev.applications.shop: the name of an Application must be lower-case letters, digits and dashes, got "The Shop-Dev"',
      'environments.prod.applications.shop: the name of an Application must be lower-case letters, digits and dashes, got "The Shop-prod"',
    ]);
  });

  test('fails for containers, volumes and ports', () => {
    const delivery = withContainer(
      withOrders({
        volumes: [{ name: 'up_loads', kind: 'claim', claim: 'uploads' }],
        ports: [
          { name: '8080-80', port: 80, targetPort: 8080 },
          { name: 'Web', port: 81, targetPort: 8080 },
        ],
      }),
      'dev',
      'orders',
      (container) => ({
        ...container,
        name: 'Orders',
        ports: [
          { name: 'a-name-too-long-for-a-port', port: 8080 },
          { name: 'a--b', port: 8081 },
          { name: '8082', port: 8082 },
        ],
      }),
    );
    const must =
      'the name of a container port must be at most 15 lower-case letters, digits and single dashes, with a letter';

    expect(told(kubernetesNames, delivery)).toEqual([
      `${orders}.containers.Orders: the name of a container must be lower-case letters, digits and dashes, got "Orders"`,
      `${orders}.containers.Orders.ports: ${must}, got "a-name-too-long-for-a-port"`,
      `${orders}.containers.Orders.ports: ${must}, got "a--b"`,
      `${orders}.containers.Orders.ports: ${must}, got "8082"`,
      `${orders}.volumes: the name of a volume must be lower-case letters, digits and dashes, got "up_loads"`,
      `${orders}.ports: the name of a port must be lower-case letters, digits and dashes, got "Web"`,
    ]);
  });
});
