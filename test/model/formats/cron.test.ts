import { describe, expect, test } from '@jest/globals';
import { cronProblem, longestGapHours } from '../../../src/model/formats/cron.ts';
import fc from '../../support/properties.ts';

const fieldProblem = (field: string, range: string): string =>
  `must be a cron expression, and its ${field} is not one: write ${range}, with * , - and / alone`;

describe('a cron expression of Kubernetes', () => {
  test.each([
    '*/15 * * * *',
    '0 2 * * *',
    '30 3 * * 0',
    '0 0 29 2 *',
    '0 0 31 2 1',
    '5/10 0-6/2 1,15 jan-MAR sun,fri',
    '0 0 ? * *',
    ' 0  2 * * * ',
  ])('may be %s', (expression) => {
    expect(cronProblem(expression)).toBeUndefined();
  });

  test.each(['', 'daily', '@daily', '0 2 * *', '0 0 2 * * *', 'TZ=UTC 0 2 * * *'])(
    'fails to be "%s", which has not five fields',
    (expression) => {
      expect(cronProblem(expression)).toBe('must be a cron expression of five fields, e.g. "0 2 * * *"');
    },
  );

  test.each([
    ['60 * * * *', fieldProblem('minute', '0 to 59')],
    ['* 24 * * *', fieldProblem('hour', '0 to 23')],
    ['* * 0 * *', fieldProblem('day of the month', '1 to 31')],
    ['* * L * *', fieldProblem('day of the month', '1 to 31')],
    ['* * * 13 *', fieldProblem('month', '1 to 12 or their names')],
    ['* * * * 7', fieldProblem('day of the week', '0 to 6 or their names')],
    ['* * * * 1#2', fieldProblem('day of the week', '0 to 6 or their names')],
    ['*/0 * * * *', fieldProblem('minute', '0 to 59')],
    ['30-10 * * * *', fieldProblem('minute', '0 to 59')],
    ['1,, * * * *', fieldProblem('minute', '0 to 59')],
    ['-5 * * * *', fieldProblem('minute', '0 to 59')],
  ])('fails to be %s', (expression, problem) => {
    expect(cronProblem(expression)).toBe(problem);
  });

  test.each(['0 0 31 2 *', '0 0 30 feb *', '0 0 31 2,4,6 *', '0 0 31 */2 */1'])('fails to fire as %s', (expression) => {
    expect(cronProblem(expression)).toBe(
      expression === '0 0 31 */2 */1' ? undefined : 'never fires; choose a day that the month has',
    );
  });

  test.each([
    ['*/15 * * * *', 0.25],
    ['0 2 * * *', 24],
    ['0 2,14 * * *', 12],
    ['0 2 * * 1-5', 72],
    ['0 4 * * 0', 168],
    ['*/30 9-17 * * *', 15.5],
    ['0 0 1 * *', 31 * 24],
    ['0 0 1 * 1', 168],
    ['0 3 */2 * 1', 48],
    ['0 3 */1 * 1', 168],
    ['0 3 1 * */1', 31 * 24],
    ['0 3 1 * */2', 48],
    ['0 3 */2 * *', 48],
    ['0 3 *,5 * 1', 168],
    ['0 3 5,* * 1', 168],
    ['0 3 ?/1 * 1', 168],
    ['0 0 29 2 *', 1461 * 24],
    ['nonsense', 0],
  ])('leaves %s at most %d hours without a run', (expression, hours) => {
    expect(longestGapHours(expression)).toBe(hours);
  });
});

/** Whether robfig/cron, which Kubernetes uses, fires on a day: a field of `*` or `?` with a step of one counts as not given. */
function firesByRobfig(day: string, weekday: string, date: Date): boolean {
  const matches = (field: string, value: number, least: number): boolean => {
    const [, from = '', step] = /^(\*|\d+)(?:\/(\d+))?$/.exec(field) ?? [];
    if (from !== '*' && step === undefined) return value === Number(from);
    const first = from === '*' ? least : Number(from);
    return value >= first && (value - first) % Number(step ?? 1) === 0;
  };
  const isStar = (field: string): boolean => /^\*(\/1)?$/.test(field);
  const byDay = matches(day, date.getUTCDate(), 1);
  const byWeekday = matches(weekday, date.getUTCDay(), 0);
  return isStar(day) || isStar(weekday) ? byDay && byWeekday : byDay || byWeekday;
}

test('both kinds of day, with and without steps, leave the gaps that the parser of Kubernetes leaves', () => {
  const field = (most: number) =>
    fc
      .tuple(fc.constantFrom('*', '1', '3'), fc.integer({ min: 0, max: most }))
      .map(([from, step]) => (step === 0 ? from : `${from}/${step}`));

  fc.assert(
    fc.property(field(6), field(4), (day, weekday) => {
      const days = Array.from({ length: 900 }, (_, i) => new Date(Date.UTC(2024, 0, 1 + i))).flatMap((date, i) =>
        firesByRobfig(day, weekday, date) ? [i] : [],
      );
      const gap = Math.max(...days.slice(1).map((later, i) => later - (days[i] ?? later)));

      expect([day, weekday, longestGapHours(`0 3 ${day} * ${weekday}`)]).toEqual([day, weekday, gap * 24]);
    }),
    { numRuns: 60 },
  );
});
