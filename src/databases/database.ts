import type { Database } from '../model/database.ts';
import type { Environment } from '../model/environment.ts';
import type { Check } from '../objects/check.ts';

/** A CronJob on which the backups of a database rest. */
export interface BackupJob {
  readonly name: string;
  /** A cron expression. */
  readonly schedule: string;
  /** What is not done when it does not run, in words. */
  readonly without: string;
}

/** A program that keeps data: everything that the stages ask of it, besides its constructs. Pure functions over data. */
export interface DatabasePlugin<Kind extends Database['kind'] = Database['kind']> {
  readonly kind: Kind;
  /** As its users write it, e.g. `PostgreSQL`. */
  readonly title: string;
  /** Variables of its image that make something in an empty data folder only, and what each names, e.g. `database`. */
  readonly firstContents: Readonly<Record<string, string>>;
  /** The CronJobs that dump a database, and prove that its dumps restore; one that restores is suspended on purpose, and none of them. */
  readonly backupJobs: (environment: Environment, database: Database) => readonly BackupJob[];
  /** What is checked of its servers. */
  readonly checks: readonly Check[];
}
