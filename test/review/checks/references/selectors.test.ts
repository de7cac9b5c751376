import { expect, test } from '@jest/globals';
import { selectors } from '../../../../src/review/checks/references/selectors.ts';
import { deployment, findings, object, service, template } from '../small-objects.ts';

const policy = (spec: object) => object('networking.k8s.io/v1', 'NetworkPolicy', 'dev-orders', { spec });

test('accepts selectors that select pods, those that select all, and those that select pods elsewhere', () => {
  const found = findings(selectors, [
    deployment('dev-orders'),
    service('dev-orders-svc'),
    service('dev-external', { selector: undefined, type: 'ExternalName' }),
    policy({
      podSelector: {},
      ingress: [{ from: [{ namespaceSelector: {}, podSelector: { matchLabels: { app: 'ingress' } } }] }],
    }),
    object('policy/v1', 'PodDisruptionBudget', 'dev-orders', {
      spec: { selector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['orders'] }] } },
    }),
  ]);

  expect(found).toEqual([]);
});

test('fails on a workload that does not select its own pods', () => {
  const lost = deployment('dev-orders', {}, { selector: { matchLabels: { app: 'order' } }, template: template() });

  expect(findings(selectors, [lost])).toEqual([
    'Deployment/dev-orders spec.selector: does not select the pods that the template makes; write their labels (app=orders), got app=order',
  ]);
});

test('fails on a Service, a budget or a policy that selects no pod', () => {
  const found = findings(selectors, [
    deployment('dev-orders'),
    service('dev-orders-svc', { selector: { app: 'order' } }),
    object('policy/v1', 'PodDisruptionBudget', 'dev-orders', {
      spec: { selector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['orders'] }] } },
    }),
    policy({
      podSelector: { matchLabels: { app: 'order' } },
      egress: [{ to: [{ podSelector: { matchLabels: { app: 'db' } } }] }],
    }),
  ]);

  expect(found).toEqual([
    'Service/dev-orders-svc spec.selector: selects no pod of this environment (app=order); write "app=orders"',
    'PodDisruptionBudget/dev-orders spec.selector: selects no pod of this environment (app NotIn (orders)); write "app=orders"',
    'NetworkPolicy/dev-orders spec.podSelector: selects no pod of this environment (app=order); write "app=orders"',
    'NetworkPolicy/dev-orders spec.egress[0].to[0].podSelector: selects no pod of this environment (app=db); write "app=orders"',
  ]);
});

const monitor = (kind: 'ServiceMonitor' | 'PodMonitor', spec: object) =>
  object('monitoring.coreos.com/v1', kind, 'dev-orders', { spec });
const labelled = object('v1', 'Service', 'dev-orders-svc', { spec: {} }, { labels: { app: 'orders' } });

test('accepts monitors that find a Service by its labels, or a pod by its own, and those of other namespaces', () => {
  const selector = { matchLabels: { app: 'orders' } };

  expect(findings(selectors, [labelled, monitor('ServiceMonitor', { selector })])).toEqual([]);
  expect(findings(selectors, [deployment('dev-orders'), monitor('PodMonitor', { selector })])).toEqual([]);
  expect(findings(selectors, [monitor('ServiceMonitor', { selector, namespaceSelector: { any: true } })])).toEqual([]);
});

test('fails on a monitor that finds nothing: it reads the labels of the Service, not of its pods', () => {
  const selector = { matchLabels: { app: 'order' } };

  expect(findings(selectors, [labelled, monitor('ServiceMonitor', { selector })])).toEqual([
    'ServiceMonitor/dev-orders spec.selector: selects no Service of this environment by its own labels (app=order); write "app=orders"',
  ]);
  expect(findings(selectors, [deployment('dev-orders'), monitor('PodMonitor', { selector })])).toEqual([
    'PodMonitor/dev-orders spec.selector: selects no pod of this environment by its own labels (app=order); write "app=orders"',
  ]);
  expect(
    findings(selectors, [
      deployment('dev-orders'),
      service('dev-orders-svc'),
      monitor('ServiceMonitor', { selector: { matchLabels: { app: 'orders' } } }),
    ]).length,
  ).toBe(1);
});

test('fails on a kind that nobody here knows, which makes pods from a template as a Deployment does', () => {
  const lost = (kind: string) =>
    object('rollouts.example.com/v1', kind, 'dev-orders', {
      spec: { selector: { matchLabels: { app: 'order' } }, template: template() },
    });

  expect(findings(selectors, [lost('GradualSet')])).toEqual([
    'GradualSet/dev-orders spec.selector: does not select the pods that the template makes; write their labels (app=orders), got app=order',
  ]);
});
