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

test('accepts none, which is ten minutes', () => {
  expect(findings(deadlines, [deployment('dev-a', {}, { progressDeadlineSeconds: undefined })])).toEqual([]);
});

test('fails on one that is too long for a night, and on a Job without one', () => {
  const found = findings(deadlines, [
    deployment('dev-b', {}, { progressDeadlineSeconds: 3600 }),
    object('batch/v1', 'Job', 'dev-once', { spec: {} }),
  ]);

  expect(found).toEqual([
    'Deployment/dev-b spec.progressDeadlineSeconds: a rollout that makes no progress is noticed late; write at most 600, e.g. 120, got 3600',
    'Job/dev-once spec.activeDeadlineSeconds: a Job that hangs keeps its sync running for ever; write the seconds it may take',
  ]);
});

const starting = (progressDeadlineSeconds: number | undefined, startupProbe: Fields, more: Fields = {}) =>
  deployment('dev-a', { containers: [container({ startupProbe })], ...more }, { progressDeadlineSeconds });

test('accepts a deadline that leaves time for the start, however long that is', () => {
  expect(findings(deadlines, [starting(120, { periodSeconds: 5, failureThreshold: 24 })])).toEqual([]);
  expect(findings(deadlines, [starting(undefined, { periodSeconds: 10, failureThreshold: 60 })])).toEqual([]);
  expect(findings(deadlines, [starting(960, { periodSeconds: 10, failureThreshold: 90 })])).toEqual([]);
});

test('fails on a deadline that is shorter than the start may take', () => {
  const line = (startup: number, got: string) =>
    `Deployment/dev-a spec.progressDeadlineSeconds: a start may take ${startup} s by its probes, and is called failed before; write at least ${startup + 60}, or let the startup probe give up sooner, got ${got}`;
  const slow = { initialDelaySeconds: 10, periodSeconds: 5, failureThreshold: 30 };
  const sidecar = { ...container({ startupProbe: { failureThreshold: 6 } }), name: 'proxy', restartPolicy: 'Always' };

  expect(findings(deadlines, [starting(120, slow)])).toEqual([line(160, '120')]);
  expect(findings(deadlines, [starting(10, {})])).toEqual([line(30, '10')]);
  expect(findings(deadlines, [starting(undefined, { failureThreshold: 61 })])).toEqual([
    line(610, 'nothing, which is 600'),
  ]);
  expect(findings(deadlines, [starting(200, slow, { initContainers: [sidecar] })])).toEqual([line(220, '200')]);
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
