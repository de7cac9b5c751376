import { expect, test } from '@jest/globals';
import { networkIsolation } from '../../../../src/review/checks/security/network-isolation.ts';
import { cronJob, deployment, findings, object, type Fields } from '../small-objects.ts';

const policy = (name: string, spec: Fields) => object('networking.k8s.io/v1', 'NetworkPolicy', name, { spec });

test('accepts pods that policies select for both directions, by labels or all at once', () => {
  const denyAll = policy('deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  const orders = policy('orders', { podSelector: { matchLabels: { app: 'orders' } }, ingress: [], egress: [] });

  expect(findings(networkIsolation, [denyAll, deployment('dev-orders'), cronJob('dev-report')])).toEqual([]);
  expect(findings(networkIsolation, [orders, deployment('dev-orders')])).toEqual([]);
});

test('fails on a pod that no policy selects, in one direction or in both', () => {
  const ingress = policy('orders', { podSelector: { matchLabels: { app: 'orders' } }, ingress: [] });

  expect(findings(networkIsolation, [ingress, deployment('dev-orders'), cronJob('dev-report')])).toEqual([
    'Deployment/dev-orders: no network policy limits what goes out; declare its connections in the model, or add a policy that denies by default',
    'CronJob/dev-report: no network policy limits what comes in and what goes out; declare its connections in the model, or add a policy that denies by default',
  ]);
});
