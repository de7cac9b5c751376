import type { Database } from '../model/database.ts';

const jobOf = (database: Database): string => database.backup?.names?.job ?? `${database.name}-backup`;

/** Labels of the pods that dump a database; its own pods' selector never matches them. */
export const backupPodLabels = (database: Database): Readonly<Record<string, string>> => ({ app: jobOf(database) });

/** Labels of the pods that prove that a dump restores; no network policy lets them talk to anybody. */
export const restoreDrillPodLabels = (database: Database): Readonly<Record<string, string>> => ({
  app: `${jobOf(database)}-restore-drill`,
});
