import { expect, test } from '@jest/globals';
import { cronOverlap } from '../../../../../src/review/checks/running/jobs/cron-overlap.ts';
import { cronJob, findings } from '../../small-objects.ts';

test('accepts a CronJob that neither overlaps nor hangs', () => {
  expect(
    findings(cronOverlap, [
      cronJob('dev-report'),
      cronJob('dev-other', { activeDeadlineSeconds: 60 }, { concurrencyPolicy: 'Replace' }, {}),
    ]),
  ).toEqual([]);
});

test('fails on one that may overlap, also by default, and on one without a deadline', () => {
  expect(findings(cronOverlap, [cronJob('dev-report', {}, { concurrencyPolicy: undefined }, {})])).toEqual([
    'CronJob/dev-report spec.concurrencyPolicy: a run may start while the last one is at work; write "Forbid" or "Replace", got "Allow"',
    'CronJob/dev-report spec.jobTemplate.spec.activeDeadlineSeconds: a run that hangs is never ended, and no later one starts; write the seconds a run may take',
  ]);
});
