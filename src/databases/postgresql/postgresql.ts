import type { DatabasePlugin } from '../database.ts';
import { databaseNames } from './checks/database-names.ts';

/** PostgreSQL in the cluster: a StatefulSet of one pod, dumps, and a drill that proves that they restore. */
export const postgresql: DatabasePlugin = {
  kind: 'postgresql',
  title: 'PostgreSQL',
  firstContents: { POSTGRES_DB: 'database', POSTGRES_USER: 'user' },
  checks: [databaseNames],
};
