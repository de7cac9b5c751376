import { databaseNames as namesOf } from '../../model/names.ts';
import type { DatabasePlugin } from '../database.ts';
import { databaseNames } from './checks/database-names.ts';
import { dataFolder, images, ownVolume } from './data-folder.ts';

/** PostgreSQL in the cluster: a StatefulSet of one pod, dumps, and a drill that proves that they restore. */
export const postgresql: DatabasePlugin = {
  kind: 'postgresql',
  title: 'PostgreSQL',
  images,
  dataFolder,
  ownVolume,
  firstContents: { POSTGRES_DB: 'database', POSTGRES_USER: 'user' },
  backupJobs: (environment, database) => {
    if (database.backup === undefined) return [];
    const { backupJob, restoreDrill } = namesOf(environment, database);
    const { schedule, restoreDrill: drill } = database.backup;
    return [
      { name: backupJob, schedule, without: `nothing of ${database.name} is backed up` },
      {
        name: restoreDrill,
        schedule: drill.schedule,
        without: `nobody knows whether the backups of ${database.name} restore`,
      },
    ];
  },
  checks: [databaseNames],
};
