import { describe, expect, test } from '@jest/globals';
import { separateSelectors } from '../../../../src/model/rules/isolation/separate-selectors.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withEnvironment, withService } from '../../../support/valid-delivery.ts';

const path = 'environments.dev.applications.shop';

describe('a selector matches its own pods alone', () => {
  test('passes where every workload has its label, the same in each namespace', () => {
    expect(told(separateSelectors, validDelivery())).toEqual([]);
  });

  test('fails where two services of a namespace have the same labels', () => {
    const delivery = withService(validDelivery(), 'dev', 'payments', (service) => ({
      ...service,
      selector: { app: 'orders' },
    }));

    expect(told(separateSelectors, delivery)).toEqual([
      `${path}.services.orders.selector: selects the pods of ${path}.services.payments too; give them different labels, or namespaces, got "app=orders"`,
      `${path}.services.payments.selector: selects the pods of ${path}.services.orders too; give them different labels, or namespaces, got "app=orders"`,
    ]);
  });

  test('fails where a service selects the pods of a database', () => {
    const delivery = withService(validDelivery(), 'dev', 'payments', (service) => ({
      ...service,
      selector: { app: 'orders-db' },
    }));

    expect(told(separateSelectors, delivery)).toEqual([
      `${path}.services.payments.selector: selects the pods of ${path}.databases.orders-db too; give them different labels, or namespaces, got "app=orders-db"`,
      `${path}.databases.orders-db.selector: selects the pods of ${path}.services.payments too; give them different labels, or namespaces, got "app=orders-db"`,
    ]);
  });

  test('fails one way where another environment of the namespace only adds a label', () => {
    const labelled = ['orders', 'payments'].reduce(
      (delivery, name) =>
        withService(delivery, 'prod', name, (service) => ({ ...service, selector: { app: name, env: 'prod' } })),
      validDelivery(),
    );
    const delivery = withEnvironment(labelled, 'prod', (prod) => ({
      ...prod,
      namespace: 'dev',
      applications: prod.applications.map(({ databases: _, ...application }) => application),
    }));

    expect(told(separateSelectors, delivery)).toEqual([
      `${path}.services.orders.selector: selects the pods of environments.prod.applications.shop.services.orders too; give them different labels, or namespaces, got "app=orders"`,
      `${path}.services.payments.selector: selects the pods of environments.prod.applications.shop.services.payments too; give them different labels, or namespaces, got "app=payments"`,
    ]);
  });

  test('fails for a selector without labels', () => {
    const delivery = withService(validDelivery(), 'dev', 'payments', (service) => ({ ...service, selector: {} }));

    expect(told(separateSelectors, delivery)).toEqual([
      `${path}.services.payments.selector: must hold at least one label, else it selects every pod, got ""`,
    ]);
  });
});
