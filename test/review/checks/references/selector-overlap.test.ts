import { expect, test } from '@jest/globals';
import { selectorOverlap } from '../../../../src/review/checks/references/selector-overlap.ts';
import { validDelivery, withEnvironment } from '../../../support/valid-delivery.ts';
import { deployment, dev, findings, service } from '../small-objects.ts';

test('accepts selectors of different pods', () => {
  expect(
    findings(selectorOverlap, [
      deployment('dev-orders'),
      service('dev-orders-svc'),
      deployment('dev-web', {}, {}, { app: 'web' }),
    ]),
  ).toEqual([]);
});

test('fails on a Service and a Deployment that select the pods of another workload', () => {
  const found = findings(selectorOverlap, [
    deployment('dev-cats', {}, {}, { app: 'cats' }),
    deployment('prod-cats', {}, {}, { app: 'cats', env: 'prod' }),
    service('dev-cats', { selector: { app: 'cats' } }),
    service('prod-cats', { selector: { app: 'cats', env: 'prod' } }),
  ]);

  expect(found).toEqual([
    'Deployment/dev-cats spec.selector: also selects the pods of Deployment "prod-cats"; add a label that only one of them has, got app=cats',
    'Service/dev-cats spec.selector: selects the pods of Deployment "dev-cats" and Deployment "prod-cats"; add a label that only one of them has, got app=cats',
  ]);
});

test('fails on a selector that also selects the pods of another environment in the same namespace', () => {
  const delivery = withEnvironment(validDelivery(), 'prod', (prod) => ({ ...prod, namespace: 'dev' }));

  const found = findings(selectorOverlap, [deployment('dev-orders'), service('dev-orders-svc')], {
    delivery,
    environment: dev(delivery),
  });

  expect(found).toEqual([
    'Deployment/dev-orders spec.selector: also selects the pods of "orders" in environment "prod"; add a label that only one of them has, got app=orders',
    'Service/dev-orders-svc spec.selector: also selects the pods of "orders" in environment "prod"; add a label that only one of them has, got app=orders',
  ]);
});
