import { expect, test } from '@jest/globals';
import { hosts } from '../../../../src/review/checks/references/hosts.ts';
import { text, unprefixedHost } from '../../../../src/model/formats/text.ts';
import { validDelivery, withEnvironment, withService } from '../../../support/valid-delivery.ts';
import { container, deployment, dev, findings, service } from '../small-objects.ts';

const rendered = [
  deployment('dev-orders', { containers: [container({ env: [{ name: 'DB_HOST' }, { name: 'PAYMENTS_URL' }] })] }),
  service('dev-orders-db-svc'),
  service('dev-payments-svc'),
];

/** A program that puts `<namespace>-` in front of its database's host. */
const selfPrefixing = withService(validDelivery(), 'dev', 'orders', (orders) => ({
  ...orders,
  containers: orders.containers.map((it) => ({ ...it, env: {} })),
  configs: [{ name: 'orders-config', data: { DB_HOST: text`${unprefixedHost('orders-db')}` } }],
}));

test('accepts hosts that are Services, also where the program adds the prefix', () => {
  expect(findings(hosts, rendered)).toEqual([]);
  expect(findings(hosts, rendered, { delivery: selfPrefixing })).toEqual([]);
});

test('fails on a host that no Service has, in a variable and in one from a database', () => {
  expect(findings(hosts, [rendered[0]!, service('dev-other-svc')])).toEqual([
    'Deployment/dev-orders spec.template.spec.containers[0].env[0].value: there is no Service "dev-orders-db-svc" in this environment; write "dev-other-svc"',
    'Deployment/dev-orders spec.template.spec.containers[0].env[1].value: there is no Service "dev-payments-svc" in this environment; write "dev-other-svc"',
  ]);
});

test('fails when the prefix changes without the namespace that the program takes for it', () => {
  const delivery = withEnvironment(selfPrefixing, 'dev', (environment) => ({
    ...environment,
    namePrefix: 'development-',
  }));

  const found = findings(hosts, [service('development-orders-db-svc')], { delivery, environment: dev(delivery) });

  expect(found).toEqual([
    'ConfigMap/development-orders-config data.DB_HOST: the program asks for the host "dev-orders-db-svc" at run time, because it puts the namespace in front, and there is no such Service; make namespace and name prefix agree, or write "development-orders-db-svc"',
  ]);
});

test('fails on a reference to nothing', () => {
  const delivery = withService(validDelivery(), 'dev', 'orders', (orders) => ({
    ...orders,
    containers: orders.containers.map((it) => ({
      ...it,
      env: {},
      command: [text`run ${{ kind: 'host', of: 'recco' }}`],
    })),
  }));

  expect(findings(hosts, rendered, { delivery })).toEqual([
    'Deployment/dev-orders spec.template.spec.containers[0].command[0]: refers to "recco", which is no service or database of the application',
  ]);
});
