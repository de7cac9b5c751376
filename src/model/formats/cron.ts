interface CronField {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly words: readonly string[];
}

const fields = {
  minute: { name: 'minute', least: 0, most: 59, words: [] },
  hour: { name: 'hour', least: 0, most: 23, words: [] },
  day: { name: 'day of the month', least: 1, most: 31, words: [] },
  month: {
    name: 'month',
    least: 1,
    most: 12,
    words: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
  },
  weekday: { name: 'day of the week', least: 0, most: 6, words: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
} as const satisfies Readonly<Record<string, CronField>>;

type FieldName = keyof typeof fields;

const order = Object.keys(fields) as readonly FieldName[];

/**
 * The values at which each field of an expression fires. An open field counts as not given: it is `*` or `?`, and not `*` with
 * a step of two or more, which is a list of values like any other.
 */
type Schedule = Readonly<Record<FieldName, { readonly values: ReadonlySet<number>; readonly open: boolean }>>;

function valueOf(text: string, field: CronField): number | undefined {
  const word = field.words.indexOf(text.toLowerCase());
  if (word >= 0) return word + field.least;
  const number = /^\d{1,2}$/.test(text) ? Number(text) : NaN;
  return number >= field.least && number <= field.most ? number : undefined;
}

/** The values of one field, read as Kubernetes' own parser (robfig/cron) does, which knows neither `L`, `W` and `#` nor a seventh weekday. */
function valuesOf(text: string, field: CronField): ReadonlySet<number> | undefined {
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const match = /^(?:([*?])|(\w+)(?:-(\w+))?)(?:\/(\d{1,4}))?$/.exec(part);
    if (match === null) return undefined;
    const [, any, from, to, step] = match;
    const first = any === undefined ? valueOf(from ?? '', field) : field.least;
    const open = any !== undefined || (to === undefined && step !== undefined);
    const last = open ? field.most : to === undefined ? first : valueOf(to, field);
    if (first === undefined || last === undefined || first > last || Number(step ?? 1) < 1) return undefined;
    for (let value = first; value <= last; value += Number(step ?? 1)) values.add(value);
  }
  return values;
}

function readSchedule(expression: string): Schedule | string {
  const parts = expression.trim().split(/\s+/);
  if (parts.length !== order.length) return 'must be a cron expression of five fields, e.g. "0 2 * * *"';
  const schedule: Partial<Record<FieldName, Schedule[FieldName]>> = {};
  for (const [i, name] of order.entries()) {
    const field: CronField = fields[name];
    const part = parts[i] ?? '';
    const values = valuesOf(part, field);
    if (values === undefined) {
      const words = field.words.length === 0 ? '' : ' or their names';
      return `must be a cron expression, and its ${field.name} is not one: write ${field.least} to ${field.most}${words}, with * , - and / alone`;
    }
    schedule[name] = { values, open: part.split(',').some((item) => /^[*?](?:\/0*1)?$/.test(item)) };
  }
  return schedule as Schedule;
}

/** Days of each month, in the longest year. */
const daysIn = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether it ever fires: a restricted weekday comes every week, a restricted day only in months that have it. */
const fires = ({ day, weekday, month }: Schedule): boolean =>
  !weekday.open || [...month.values].some((it) => [...day.values].some((number) => number <= (daysIn[it - 1] ?? 0)));

/**
 * What is wrong with a cron expression of Kubernetes, in words; nothing when it is one and fires.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax
 */
export function cronProblem(expression: string): string | undefined {
  const schedule = readSchedule(expression);
  if (typeof schedule === 'string') return schedule;
  return fires(schedule) ? undefined : 'never fires; choose a day that the month has';
}

const minutesPerDay = 1440;

/** A day as a schedule sees it. */
interface CalendarDay {
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
}

/** From a leap day to beyond the next one: nothing that comes at all comes more seldom. */
const someDays: readonly CalendarDay[] = Array.from({ length: 1900 }, (_, number) => {
  const date = new Date(Date.UTC(2024, 0, 1 + number));
  return { month: date.getUTCMonth() + 1, day: date.getUTCDate(), weekday: date.getUTCDay() };
});

/** When both kinds of day are restricted, either is enough. */
function firesOn({ day, weekday, month }: Schedule, on: CalendarDay): boolean {
  if (!month.values.has(on.month)) return false;
  const byDay = day.values.has(on.day);
  const byWeekday = weekday.values.has(on.weekday);
  return day.open || weekday.open ? byDay && byWeekday : byDay || byWeekday;
}

/** The longest time between two runs of a schedule that fires, in hours. */
export function longestGapHours(expression: string): number {
  const schedule = readSchedule(expression);
  if (typeof schedule === 'string') return 0;
  const minutes = [...schedule.hour.values]
    .sort((a, b) => a - b)
    .flatMap((hour) => [...schedule.minute.values].sort((a, b) => a - b).map((minute) => hour * 60 + minute));
  const first = minutes[0] ?? 0;
  const lastOfDay = minutes.at(-1) ?? 0;
  let longest = Math.max(0, ...minutes.slice(1).map((minute, i) => minute - (minutes[i] ?? minute)));
  let last: number | undefined;
  for (const [number, on] of someDays.entries()) {
    if (!firesOn(schedule, on)) continue;
    const day = number * minutesPerDay;
    if (last !== undefined) longest = Math.max(longest, day + first - last);
    last = day + lastOfDay;
  }
  return longest / 60;
}
