import { describe, expect, test } from '@jest/globals';
import { keysAndLabels } from '../../../../src/model/rules/workload/keys-and-labels.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withContainer, withEnvironment, withService } from '../../../support/valid-delivery.ts';

const orders = 'environments.dev.applications.shop.services.orders';

describe('Kubernetes accepts every label and key', () => {
  test('passes for labels with and without a domain, and for keys that are file names', () => {
    const delivery = withService(validDelivery(), 'dev', 'orders', (service) => ({
      ...service,
      selector: { 'app.kubernetes.io/name': 'orders', app: '' },
      configs: [
        ...(service.configs ?? []),
        { name: 'files', data: { 'application.properties': 'a=b', '1st.txt': '' } },
      ],
    }));

    expect(told(keysAndLabels, validDelivery())).toEqual([]);
    expect(told(keysAndLabels, delivery)).toEqual([]);
  });

  test('fails for labels', () => {
    const labelled = withService(validDelivery(), 'dev', 'orders', (service) => ({
      ...service,
      selector: { app: 'the orders' },
      serviceLabels: { 'a b': 'c' },
    }));
    const delivery = withEnvironment(labelled, 'dev', (dev) => ({
      ...dev,
      labels: { colour: 'g'.repeat(64) },
      dns: { namespace: 'kube-system', podLabels: { 'k8s-app': '-dns' } },
    }));
    const must = 'must be at most 63 letters, digits, dashes, dots and underscores';

    expect(told(keysAndLabels, delivery)).toEqual([
      `environments.dev.labels.colour: the value of a label ${must}, got "${'g'.repeat(64)}"`,
      `environments.dev.dns.podLabels.k8s-app: the value of a label ${must}, got "-dns"`,
      `${orders}.selector.app: the value of a label ${must}, got "the orders"`,
      `${orders}.serviceLabels: the key of a label ${must}, got "a b"`,
    ]);
  });

  test('fails for environment variables, those from a config too', () => {
    const configured = withService(validDelivery(), 'dev', 'orders', (service) => ({
      ...service,
      configs: [{ name: 'orders-config', data: { '1ST': 'a', 'a key': 'b' } }],
    }));
    const delivery = withContainer(configured, 'dev', 'orders', (container) => ({
      ...container,
      env: { 'LOG LEVEL': 'INFO' },
    }));
    const must =
      'the name of an environment variable must be letters, digits, dashes, dots and underscores, and not begin with a digit';

    expect(told(keysAndLabels, delivery)).toEqual([
      `${orders}.configs.orders-config: ${must}, got "1ST"`,
      `${orders}.configs.orders-config: the key of a config must be at most 253 letters, digits, dashes, dots and underscores, got "a key"`,
      `${orders}.containers.orders.env: ${must}, got "LOG LEVEL"`,
    ]);
  });
});
