import { expect, test } from '@jest/globals';
import { schedules } from '../../../../../src/review/checks/running/jobs/schedules.ts';
import { cronJob, findings } from '../../small-objects.ts';

const at = (schedule: string) => [cronJob('dev-report', {}, { schedule })];

test.each(['*/15 * * * *', '0 0 29 2 *', '0 0 31 2 1', '@daily', '@every 1h30m', '0 2 * * mon-fri'])(
  'accepts %s',
  (schedule) => {
    expect(findings(schedules, at(schedule))).toEqual([]);
  },
);

test.each(['0 0 31 2 *', '0 0 31 4,6,9,11 *'])('fails on %s, which never comes', (schedule) => {
  expect(findings(schedules, at(schedule))).toEqual([
    `CronJob/dev-report spec.schedule: never fires; choose a day that the month has, got "${schedule}"`,
  ]);
});

test.each(['* * * *', '61 * * * *', '@fortnightly'])('fails on %s, which is no schedule', (schedule) => {
  expect(findings(schedules, at(schedule))[0]).toMatch(
    /^CronJob\/dev-report spec\.schedule: must be a cron expression.*, got "[^"]+"$/,
  );
});
