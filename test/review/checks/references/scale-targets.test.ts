import { expect, test } from '@jest/globals';
import { scaleTargets } from '../../../../src/review/checks/references/scale-targets.ts';
import { deployment, findings, object } from '../small-objects.ts';

const autoscaler = (name: string) =>
  object('autoscaling/v2', 'HorizontalPodAutoscaler', 'dev-orders', {
    spec: { minReplicas: 2, maxReplicas: 4, scaleTargetRef: { kind: 'Deployment', name } },
  });

test('accepts an autoscaler of a workload that leaves its replicas open', () => {
  expect(
    findings(scaleTargets, [deployment('dev-orders', {}, { replicas: undefined }), autoscaler('dev-orders')]),
  ).toEqual([]);
});

test('fails on an autoscaler of nothing', () => {
  expect(findings(scaleTargets, [deployment('dev-orders'), autoscaler('orders')])).toEqual([
    'HorizontalPodAutoscaler/dev-orders spec.scaleTargetRef.name: there is no Deployment "orders" in this environment; write "dev-orders"',
  ]);
});

test('fails on a workload that sets the replicas which its autoscaler chooses', () => {
  expect(findings(scaleTargets, [deployment('dev-orders'), autoscaler('dev-orders')])).toEqual([
    'Deployment/dev-orders spec.replicas: HorizontalPodAutoscaler "dev-orders" chooses the replicas; leave them out, or each sync resets what it chose',
  ]);
});
