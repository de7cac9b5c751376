import { expect, test } from '@jest/globals';
import { uniqueObjects } from '../../../../src/review/checks/identity/unique-objects.ts';
import { configMap, findings, object } from '../small-objects.ts';

test('accepts one name for objects of different kinds, groups or namespaces', () => {
  const found = findings(uniqueObjects, [
    configMap('dev-orders'),
    object('v1', 'Service', 'dev-orders'),
    object('serving.knative.dev/v1', 'Service', 'dev-orders'),
    object('v1', 'ConfigMap', 'dev-orders', {}, { namespace: 'other' }),
  ]);

  expect(found).toEqual([]);
});

test('fails on two objects with one identity, whatever their versions are', () => {
  const found = findings(uniqueObjects, [
    object('autoscaling/v1', 'HorizontalPodAutoscaler', 'dev-orders'),
    object('autoscaling/v2', 'HorizontalPodAutoscaler', 'dev-orders', {}, { namespace: 'dev' }),
  ]);

  expect(found).toEqual([
    'HorizontalPodAutoscaler/dev-orders metadata.name: dev/shop/dev-orders makes a HorizontalPodAutoscaler "dev-orders" too; give one of them another name',
  ]);
});
