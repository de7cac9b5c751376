import { expect, test } from '@jest/globals';
import type { Autoscaling } from '../../../../src/model/pods/autoscaling.ts';
import { everyAutoscaling } from '../../../constructs/every-field.ts';
import { saidOfService } from './said-of-service.ts';

const said = (before: Partial<Autoscaling>, after: Partial<Autoscaling>): readonly string[] => {
  const cpu = { min: 2, max: 5, cpuPercent: 70 };
  return saidOfService({ autoscaling: { ...cpu, ...before } }, { autoscaling: { ...cpu, ...after } });
};

const metrics = [
  'scales by memory at 80 % of the request',
  'scales by cpu of container web at 60 % of the request',
  'scales by requests at 100 a pod',
  'scales by queue_messages with queue=orders at 30 a pod',
];

test('what an autoscaler looks at and how fast it goes is said in words when it comes', () => {
  expect(said({}, everyAutoscaling)).toEqual(['goes up by 2 pods in 60 s; goes down never', ...metrics]);
});

test('what an autoscaler looks at and how fast it goes is said in words when it goes', () => {
  expect(said(everyAutoscaling, {})).toEqual([
    'goes up as Kubernetes does by itself; goes down as Kubernetes does by itself',
    ...metrics.map((it) => `no longer ${it}`),
  ]);
});

test('what an autoscaler looks at and how fast it goes is said in words when it changes', () => {
  expect(
    said(
      { behavior: { scaleUp: { stabilizationWindowSeconds: 30 } } },
      { max: 9, behavior: { scaleUp: { stabilizationWindowSeconds: 60 }, scaleDown: { selectPolicy: 'Min' } } },
    ),
  ).toEqual(['goes down otherwise', 'goes up after 30 s → 60 s', 'at most 5 pods → 9 pods']);
});
