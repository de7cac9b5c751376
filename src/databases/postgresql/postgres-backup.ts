import { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-28';
import type { Backup, Database } from '../../model/database.ts';
import { databaseNames } from '../../model/names.ts';
import { defaultPasswordKey, postgresPort } from '../../constructs/neighbour.ts';
import type { Place } from '../../constructs/place.ts';
import { fromSecret } from '../../constructs/pod/environment-variable.ts';
import { backupScript } from './scripts/backup-script.ts';
import { restoreDrillScript } from './scripts/restore-drill-script.ts';
import { restoreScript } from './scripts/restore-script.ts';
import { DatabaseJob } from './database-job.ts';
import { backupPodLabels, restoreDrillPodLabels } from '../../constructs/database-pods.ts';
import { postgresImage } from './postgres-image.ts';

/** Seconds after which a dump that has not ended is killed, when the model does not say. */
const defaultDeadlineSeconds = 600;

/** Seconds that a restore, in a drill or by a person, may take: a restore is slower than its dump. */
const restoreDeadlineSeconds = 3600;

/** A database, its backup, and the place they are in. */
export interface PostgresBackupProps {
  readonly place: Place;
  readonly database: Database;
  readonly backup: Backup;
}

/**
 * Dumps of a whole PostgreSQL server on a disk of their own, and proof that they restore.
 *
 * Defines: a claim; a ConfigMap with the scripts; a CronJob that dumps; a CronJob that restores the newest dump into a
 * throw-away server inside its own pod; a suspended CronJob, from which a person makes the job that restores into the live
 * server. Does not define: a copy outside the cluster.
 *
 * Host, user, secret and image are the database's own.
 */
export class PostgresBackup extends Construct {
  constructor(scope: Construct, id: string, { place, database, backup }: PostgresBackupProps) {
    super(scope, id);
    const { marks, environment } = place;
    const { namespace } = environment;
    const names = databaseNames(place.environment, database);
    const path = place.pathOf(database.name);
    const { host } = place.neighbour(database.name, path);
    const { user } = database;
    const password = fromSecret(
      'PGPASSWORD',
      place.credential(database.credential, `${path}.credential`).secretName,
      database.passwordKey ?? defaultPasswordKey,
    );
    const { restoreDrill } = backup;

    new k8s.KubePersistentVolumeClaim(this, 'claim', {
      // Only jobs mount it, so it may stay pending until the first one.
      metadata: {
        name: names.backupClaim,
        namespace,
        annotations: { ...marks.kept, ...marks.keptByOthers, ...marks.healthIgnored },
      },
      spec: {
        accessModes: ['ReadWriteOnce'],
        storageClassName: backup.storage.storageClass,
        resources: { requests: { storage: k8s.Quantity.fromString(backup.storage.size) } },
      },
    });

    new k8s.KubeConfigMap(this, 'scripts', {
      metadata: { name: names.backupScripts, namespace },
      data: {
        'backup.sh': backupScript({ host, port: postgresPort, user, keepDays: backup.keepDays }),
        'restore-drill.sh': restoreDrillScript({
          user,
          database: database.database,
          expectTables: restoreDrill.expectTables,
          maxAgeHours: restoreDrill.maxAgeHours,
        }),
        'restore.sh': restoreScript({ host, port: postgresPort, user, database: database.database }),
      },
    });

    const common = { namespace, marks, image: postgresImage(database), claim: names.backupClaim };
    new DatabaseJob(this, 'dump', {
      ...common,
      name: names.backupJob,
      podLabels: backupPodLabels(database),
      schedule: backup.schedule,
      containerName: backup.containerName ?? backup.names?.job ?? `${database.name}-backup`,
      script: { configMap: names.backupScripts, key: 'backup.sh' },
      env: [password],
      deadlineSeconds: backup.deadlineSeconds ?? defaultDeadlineSeconds,
      resources: backup.resources,
    });
    new DatabaseJob(this, 'restore-drill', {
      ...common,
      name: names.restoreDrill,
      podLabels: restoreDrillPodLabels(database),
      schedule: restoreDrill.schedule,
      containerName: 'restore-drill',
      script: { configMap: names.backupScripts, key: 'restore-drill.sh' },
      env: [],
      readsOnly: true,
      needsWorkFolder: true,
      deadlineSeconds: restoreDeadlineSeconds,
      resources: restoreDrill.resources,
    });
    new DatabaseJob(this, 'restore', {
      ...common,
      name: names.restore,
      // As for a dump: the network lets these pods talk to the database.
      podLabels: backupPodLabels(database),
      schedule: restoreDrill.schedule,
      suspended: true,
      containerName: 'restore',
      script: { configMap: names.backupScripts, key: 'restore.sh' },
      env: [password],
      readsOnly: true,
      needsWorkFolder: true,
      deadlineSeconds: restoreDeadlineSeconds,
      resources: restoreDrill.resources,
    });
  }
}
