import { expect, test } from '@jest/globals';
import { deadlines } from '../../../../src/review/checks/running/deadlines.ts';
import { deployment, findings, object } from '../small-objects.ts';

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
