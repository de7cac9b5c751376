import { cronProblem, longestGapHours } from '../../formats/cron.ts';
import { MOST_AGE_HOURS, MOST_KEEP_DAYS, postgresWords } from '../../formats/postgres-words.ts';
import type { Backup } from '../../database.ts';
import type { Delivery } from '../../delivery.ts';
import { databaseNames } from '../../names.ts';
import type { Problem } from '../../problem.ts';
import { databasesIn, type DatabasePlace } from '../place.ts';

const whole = (path: string, value: number, least: number, most = Infinity): readonly Problem[] => {
  if (!Number.isInteger(value) || value < least)
    return [{ path, message: `must be a whole number, ${least} or more`, given: value }];
  return value > most ? [{ path, message: `must be at most ${most}`, given: value }] : [];
};

const schedule = (path: string, given: string): readonly Problem[] => {
  const message = cronProblem(given);
  return message === undefined ? [] : [{ path, message, given }];
};

function backupProblems({ path, environment, database }: DatabasePlace, backup: Backup): readonly Problem[] {
  const at = `${path}.backup`;
  const names = databaseNames(environment, database);
  const { restoreDrill } = backup;
  const drill = `${at}.restoreDrill`;
  const gap = cronProblem(backup.schedule) === undefined ? longestGapHours(backup.schedule) : 0;
  const tables = restoreDrill.expectTables;
  return [
    ...schedule(`${at}.schedule`, backup.schedule),
    ...whole(`${at}.keepDays`, backup.keepDays, 1, MOST_KEEP_DAYS),
    ...whole(`${at}.deadlineSeconds`, backup.deadlineSeconds ?? 600, 1),
    ...(names.backupClaim === names.claim
      ? [
          {
            path: `${at}.names.claim`,
            message: "must not be the database's own volume, because one failure would take both",
            given: names.backupClaim,
          },
        ]
      : []),
    ...schedule(`${drill}.schedule`, restoreDrill.schedule),
    ...(restoreDrill.maxAgeHours > 0 && restoreDrill.maxAgeHours >= gap
      ? whole(`${drill}.maxAgeHours`, restoreDrill.maxAgeHours, 1, MOST_AGE_HOURS)
      : [
          {
            path: `${drill}.maxAgeHours`,
            message: `must be at least ${Math.max(1, Math.ceil(gap))}, because that much time may lie between two dumps`,
            given: restoreDrill.maxAgeHours,
          },
        ]),
    ...(tables.length === 0
      ? [
          {
            path: `${drill}.expectTables`,
            message: 'must name at least one table, else an empty restore passes',
            given: tables,
          },
        ]
      : []),
    ...tables
      .filter((table) => !postgresWords.table.pattern.test(table))
      .map((table) => ({
        path: `${drill}.expectTables`,
        message: 'must be names of tables, e.g. "orders" or "public.orders"',
        given: table,
      })),
  ];
}

/** A backup runs, is kept elsewhere than the database, and is proved by a drill that can fail. */
export const backups = (delivery: Delivery): readonly Problem[] =>
  databasesIn(delivery).flatMap((place) =>
    place.database.backup === undefined ? [] : backupProblems(place, place.database.backup),
  );
