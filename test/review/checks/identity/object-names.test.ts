import { expect, test } from '@jest/globals';
import { objectNames } from '../../../../src/review/checks/identity/object-names.ts';
import { configMap, cronJob, findings, object, service, statefulSet } from '../small-objects.ts';

test('accepts names that Kubernetes accepts for the kind', () => {
  expect(
    findings(objectNames, [
      configMap('dev.orders-1'),
      service('dev-orders'),
      object('rbac.authorization.k8s.io/v1', 'Role', 'system:reader'),
    ]),
  ).toEqual([]);
});

test('fails on a name that Kubernetes refuses for the kind', () => {
  const found = findings(objectNames, [configMap('Dev_Orders'), service('1-orders'), service('dev.orders')]);

  expect(found).toEqual([
    'ConfigMap/Dev_Orders metadata.name: the name of a ConfigMap must be lower-case letters, digits, dashes and dots, with a letter or digit at both ends, got "Dev_Orders"',
    'Service/1-orders metadata.name: the name of a Service must be lower-case letters, digits and dashes, with a letter in front, got "1-orders"',
    'Service/dev.orders metadata.name: the name of a Service must be lower-case letters, digits and dashes, with a letter in front, got "dev.orders"',
  ]);
});

test('fails on a name without room for what controllers append', () => {
  const name = 'a'.repeat(53);

  expect(findings(objectNames, [cronJob(name), statefulSet(name), configMap(name)])).toEqual([
    `CronJob/${name} metadata.name: the name of a CronJob must be at most 52 characters, got 53: "${name}"`,
    `StatefulSet/${name} metadata.name: the name of a StatefulSet must be at most 52 characters, got 53: "${name}"`,
  ]);
});
