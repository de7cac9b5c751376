import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { uniqueNames } from '../../../../src/model/rules/workload/unique-names.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withApplication, withContainer, withService } from '../../../support/valid-delivery.ts';

const shop = 'environments.dev.applications.shop';
const orders = `${shop}.services.orders`;
const twice = 'holds this name twice; give each its own';

const doubled = <Item>(items: readonly Item[]): readonly Item[] => [...items, ...items.slice(0, 1)];

describe('whatever is found by its name has one of its own', () => {
  test('passes for a valid delivery', () => {
    expect(told(uniqueNames, validDelivery())).toEqual([]);
  });

  test('fails for what the delivery declares twice', () => {
    const valid = validDelivery();
    const delivery: Delivery = {
      ...valid,
      repositories: doubled(valid.repositories),
      actors: doubled(valid.actors),
      artifacts: doubled(valid.artifacts),
      supplies: doubled(valid.supplies),
      stages: doubled(valid.stages),
      credentials: doubled(valid.credentials),
    };

    expect(told(uniqueNames, delivery)).toEqual([
      `repositories: ${twice}, got "shop"`,
      `actors: ${twice}, got "releasers"`,
      `artifacts: ${twice}, got "orders"`,
      `supplies: ${twice}, got "images"`,
      `stages: ${twice}, got "dev"`,
      `credentials: ${twice}, got "promotion"`,
    ]);
  });

  test('fails for what a service holds twice', () => {
    const held = withService(validDelivery(), 'dev', 'orders', (service) => ({
      ...service,
      initContainers: service.containers.map(({ ports: _, ...container }) => container),
      volumes: doubled(service.volumes ?? []),
      ports: doubled(service.ports ?? []),
    }));
    const delivery = withContainer(held, 'dev', 'orders', (container) => ({
      ...container,
      ports: doubled(container.ports ?? []),
      mounts: doubled(container.mounts ?? []),
    }));

    expect(told(uniqueNames, delivery)).toEqual([
      `${orders}.containers and initContainers: ${twice}, got "orders"`,
      `${orders}.volumes: ${twice}, got "uploads"`,
      `${orders}.ports: ${twice}, got "http"`,
      `${orders}.containers.orders.ports: ${twice}, got "http"`,
      `${orders}.containers.orders.mounts: ${twice}, got "/var/uploads"`,
    ]);
  });

  test('fails for a service named like a database', () => {
    const delivery = withService(validDelivery(), 'dev', 'payments', (service) => ({ ...service, name: 'orders-db' }));

    expect(told(uniqueNames, delivery)).toEqual([
      `${shop}.services and databases: ${twice}, got "orders-db"`,
      `${shop}.databases.orders-db: makes the same object as ${shop}.services.orders-db; give one another name, got "Service/dev-orders-db-svc"`,
      `${shop}.databases.orders-db: makes the same object as ${shop}.services.orders-db; give one another name, got "NetworkPolicy/dev-orders-db"`,
    ]);
  });

  test('fails where two parts of an application make one object', () => {
    const renamed = withService(validDelivery(), 'dev', 'payments', (service) => ({
      ...service,
      names: { workload: 'orders', service: 'orders-db-svc' },
      configs: [{ name: 'orders-config', data: {} }],
    }));
    const delivery = withApplication(renamed, 'dev', (application) => ({
      ...application,
      claims: doubled(application.claims ?? []),
    }));

    expect(told(uniqueNames, delivery)).toEqual([
      `${shop}.claims: ${twice}, got "uploads"`,
      `${shop}.services.payments: makes the same object as ${shop}.services.orders; give one another name, got "Deployment/dev-orders"`,
      `${shop}.services.payments: makes the same object as ${shop}.services.orders; give one another name, got "ConfigMap/dev-orders-config"`,
      `${shop}.databases.orders-db: makes the same object as ${shop}.services.payments; give one another name, got "Service/dev-orders-db-svc"`,
    ]);
  });
});
