import { expect, test } from '@jest/globals';
import { deadlines } from '../../../../src/review/checks/running/deadlines.ts';
import { container, deployment, findings, object, type Fields } from '../small-objects.ts';

test('accepts a chosen deadline', () => {
  expect(
    findings(deadlines, [
      deployment('dev-orders'),
      object('batch/v1', 'Job', 'dev-once', { spec: { activeDeadlineSeconds: 60 } }),
    ]),
  ).toEqual([]);
});

test('fails on none, and on one that is too long for a night', () => {
  const found = findings(deadlines, [
    deployment('dev-a', {}, { progressDeadlineSeconds: undefined }),
    deployment('dev-b', {}, { progressDeadlineSeconds: 3600 }),
    object('batch/v1', 'Job', 'dev-once', { spec: {} }),
  ]);

  expect(found).toEqual([
    'Deployment/dev-a spec.progressDeadlineSeconds: a rollout that makes no progress is noticed late; write at most 600, e.g. 120, got nothing',
    'Deployment/dev-b spec.progressDeadlineSeconds: a rollout that makes no progress is noticed late; write at most 600, e.g. 120, got 3600',
    'Job/dev-once spec.activeDeadlineSeconds: a Job that hangs keeps its sync running for ever; write the seconds it may take',
  ]);
});

const stopping = (preStop: Fields, pod: Fields = {}) =>
  deployment('dev-a', { containers: [container({ lifecycle: { preStop } })], ...pod });

test('accepts a wait before the stop that leaves time for it', () => {
  for (const preStop of [
    { exec: { command: ['sleep', '3'] } },
    { exec: { command: ['sh', '-c', 'curl -X POST localhost/drain'] } },
    { sleep: { seconds: 29 } },
  ])
    expect(findings(deadlines, [stopping(preStop)])).toEqual([]);
  expect(
    findings(deadlines, [stopping({ exec: { command: ['sleep', '60'] } }, { terminationGracePeriodSeconds: 90 })]),
  ).toEqual([]);
});

test('fails on a wait before the stop that takes all the time there is', () => {
  const line = (seconds: number, grace: number) =>
    `Deployment/dev-a spec.template.spec.containers[0].lifecycle.preStop: container "orders" waits ${seconds} s before it is told to stop, and is killed after ${grace}; write a longer spec.template.spec.terminationGracePeriodSeconds, or wait less`;

  expect(findings(deadlines, [stopping({ exec: { command: ['sleep', '30'] } })])).toEqual([line(30, 30)]);
  expect(
    findings(deadlines, [stopping({ exec: { command: ['/bin/sh', '-c', 'touch /x && sleep 45; true'] } })]),
  ).toEqual([line(45, 30)]);
  expect(findings(deadlines, [stopping({ sleep: { seconds: 9 } }, { terminationGracePeriodSeconds: 5 })])).toEqual([
    line(9, 5),
  ]);
});
