import { expect, test } from '@jest/globals';
import { disruptionBudgets } from '../../../../src/review/checks/running/disruption-budgets.ts';
import { deployment, findings, object } from '../small-objects.ts';

const budget = (spec: object) =>
  object('policy/v1', 'PodDisruptionBudget', 'dev-orders', {
    spec: { selector: { matchLabels: { app: 'orders' } }, ...spec },
  });
const replicas = (count: number | undefined) => deployment('dev-orders', {}, { replicas: count });

test('accepts a budget that lets a pod go', () => {
  expect(findings(disruptionBudgets, [replicas(1), budget({ maxUnavailable: 1 })])).toEqual([]);
  expect(findings(disruptionBudgets, [replicas(2), budget({ minAvailable: 1 })])).toEqual([]);
  expect(findings(disruptionBudgets, [replicas(3), budget({ minAvailable: '50%' })])).toEqual([]);
  expect(findings(disruptionBudgets, [replicas(1), budget({ maxUnavailable: '10%' })])).toEqual([]);
  expect(findings(disruptionBudgets, [replicas(0), budget({ minAvailable: 1 })])).toEqual([]);
});

test('fails on one replica of which one must stay', () => {
  expect(findings(disruptionBudgets, [replicas(1), budget({ minAvailable: 1 })])).toEqual([
    'PodDisruptionBudget/dev-orders spec.minAvailable: no pod may ever go (1 replica), so that no node can be drained; write maxUnavailable: 1, got 1',
  ]);
});

test('fails on a share that rounds up to all, and on none that may go', () => {
  expect(findings(disruptionBudgets, [replicas(2), budget({ minAvailable: '60%' })])).toEqual([
    'PodDisruptionBudget/dev-orders spec.minAvailable: no pod may ever go (2 replicas), so that no node can be drained; write maxUnavailable: 1, got 60%',
  ]);
  expect(findings(disruptionBudgets, [replicas(5), budget({ maxUnavailable: 0 })])).toEqual([
    'PodDisruptionBudget/dev-orders spec.maxUnavailable: no pod may ever go (5 replicas), so that no node can be drained; write maxUnavailable: 1, got 0',
  ]);
});

test('fails when the autoscaler may go down to what must stay', () => {
  const autoscaler = object('autoscaling/v2', 'HorizontalPodAutoscaler', 'dev-orders', {
    spec: { minReplicas: 1, maxReplicas: 9, scaleTargetRef: { kind: 'Deployment', name: 'dev-orders' } },
  });

  expect(findings(disruptionBudgets, [replicas(undefined), autoscaler, budget({ minAvailable: 1 })])).toHaveLength(1);
});
