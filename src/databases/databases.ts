import type { CarriedWord } from '../model/carried-out/carrier.ts';
import type { databaseKinds as words } from '../model/carried-out/surroundings.ts';
import type { DatabasePlugin } from './database.ts';
import { postgresql } from './postgresql/postgresql.ts';

/** Programs that keep data: one without an entry does not compile. */
export const databases = { postgresql } satisfies {
  readonly [Kind in CarriedWord<typeof words>]: DatabasePlugin<Kind>;
};

/** Every database program, in the order of the table. */
export const everyDatabase: readonly DatabasePlugin[] = Object.values(databases);
