import type { Construct } from 'constructs';
import type { Place } from '../constructs/place.ts';
import type { CarriedWord } from '../model/carried-out/carrier.ts';
import type { databaseKinds as words } from '../model/carried-out/surroundings.ts';
import type { Backup, Database } from '../model/database.ts';
import { PostgresBackup } from './postgresql/postgres-backup.ts';
import { Postgres } from './postgresql/postgres.ts';

/** What a database is made of in the cluster. */
interface DatabaseConstructs {
  /** The server and its disk. */
  readonly Server: new (
    scope: Construct,
    id: string,
    props: { readonly place: Place; readonly database: Database },
  ) => Construct;
  /** Its dumps, and the drill that restores them. */
  readonly Backup: new (
    scope: Construct,
    id: string,
    props: { readonly place: Place; readonly database: Database; readonly backup: Backup },
  ) => Construct;
}

/**
 * The constructs of each database program: one without an entry does not compile. They stand beside the faces, because what
 * asks a face (a check, a picture) must not load what draws objects.
 */
export const databaseConstructs = { postgresql: { Server: Postgres, Backup: PostgresBackup } } satisfies {
  readonly [Kind in CarriedWord<typeof words>]: DatabaseConstructs;
};
