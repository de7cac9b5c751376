import type { Database } from '../model/database.ts';
import type { Environment } from '../model/environment.ts';
import type { Check } from '../objects/check.ts';
import type { ObjectIndex } from '../objects/object-index.ts';
import type { DatabaseServer } from '../objects/pods/database-servers.ts';

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
  /** Images that run it, by the last part of the repository, e.g. `mysql`. */
  readonly images: readonly string[];
  /** Where a server of one of its images keeps its data; nothing where the image and its variables do not tell. */
  readonly dataFolder: (server: DatabaseServer, objects: ObjectIndex) => string | undefined;
  /** A folder that the image declares as a volume, new and empty in each container, whatever is mounted above it; nothing where none is known. */
  readonly ownVolume: (server: DatabaseServer) => string | undefined;
  /** Variables of its image that make something in an empty data folder only, and what each names, e.g. `database`. */
  readonly firstContents: Readonly<Record<string, string>>;
  /** The CronJobs that dump a database, and prove that its dumps restore; one that restores is suspended on purpose, and none of them. */
  readonly backupJobs: (environment: Environment, database: Database) => readonly BackupJob[];
  /** What is checked of its servers. */
  readonly checks: readonly Check[];
}
