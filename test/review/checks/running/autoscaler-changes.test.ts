import { expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../../../src/model/application.ts';
import { autoscalerChanges } from '../../../../src/review/checks/running/autoscaler-changes.ts';
import { deployment, findings, object } from '../small-objects.ts';

const orders = (replicas?: number) => deployment('dev-orders', {}, { replicas });
const autoscaler = (min: number, max: number) =>
  object('autoscaling/v2', 'HorizontalPodAutoscaler', 'dev-orders', {
    spec: { minReplicas: min, maxReplicas: max, scaleTargetRef: { kind: 'Deployment', name: 'dev-orders' } },
  });

const change = (published: readonly KubernetesObject[], objects: readonly KubernetesObject[]): readonly string[] =>
  findings(autoscalerChanges, [...objects], { published: [...published] });

test('accepts an autoscaler that keeps what runs, one that goes for as many as it had, and what is new', () => {
  expect(change([orders(3)], [orders(), autoscaler(3, 8)])).toEqual([]);
  expect(change([orders(), autoscaler(3, 8)], [orders(8)])).toEqual([]);
  expect(change([orders(3)], [orders(1)])).toEqual([]);
  expect(change([], [orders(), autoscaler(1, 2)])).toEqual([]);
  expect(findings(autoscalerChanges, [orders(), autoscaler(1, 2)])).toEqual([]);
});

test('fails on an autoscaler that comes and may keep fewer pods than run', () => {
  expect(change([orders(6)], [orders(), autoscaler(1, 4)])).toEqual([
    'HorizontalPodAutoscaler/dev-orders spec.maxReplicas: 2 pods stop when the autoscaler comes, because 6 run; write at least 6, and less once it chooses, got 4',
  ]);
});

test('fails on an autoscaler that goes and may have chosen more pods than are written, or than none written mean', () => {
  expect(change([orders(), autoscaler(2, 8)], [orders(2)])).toEqual([
    'Deployment/dev-orders spec.replicas: the autoscaler that goes may have chosen 8, so that pods stop; write replicas: 8, and less in a later publish, got 2',
  ]);
  expect(change([orders(), autoscaler(2, 8)], [orders()])).toHaveLength(1);
});
