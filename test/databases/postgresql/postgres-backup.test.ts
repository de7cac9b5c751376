import { describe, expect, test } from '@jest/globals';
import { PostgresBackup } from '../../../src/databases/postgresql/postgres-backup.ts';
import type { Backup, Database } from '../../../src/model/database.ts';
import { backupScript } from '../../../src/databases/postgresql/scripts/backup-script.ts';
import { restoreDrillScript } from '../../../src/databases/postgresql/scripts/restore-drill-script.ts';
import { restoreScript } from '../../../src/databases/postgresql/scripts/restore-script.ts';
import { identitiesOf, objectsOf, only, placeWith } from '../../constructs/synthesize.ts';
import { everyBackup, everyDatabase, smallDatabase } from './every-database.ts';

const objectsFor = (database: Database, backup: Backup) =>
  objectsOf(
    (scope) =>
      new PostgresBackup(scope, 'backup', {
        place: placeWith({ databases: [{ ...database, backup }] }),
        database: { ...database, backup },
        backup,
      }),
  );

const { names: _names, containerName: _containerName, deadlineSeconds: _deadlineSeconds, ...smallBackup } = everyBackup;

describe('PostgresBackup', () => {
  test('is named after its database when nothing else is said', () => {
    const objects = objectsFor(smallDatabase, smallBackup);

    expect(identitiesOf(objects)).toEqual([
      'PersistentVolumeClaim/dev-stock-backup-data',
      'ConfigMap/dev-stock-backup-scripts',
      'CronJob/dev-stock-backup',
      'CronJob/dev-stock-backup-restore-drill',
      'CronJob/dev-stock-backup-restore',
    ]);
    expect(only(objects, 'CronJob', 'dev-stock-backup')).toMatchObject({
      spec: {
        jobTemplate: {
          spec: {
            activeDeadlineSeconds: 600,
            template: {
              metadata: { labels: { app: 'stock-backup' } },
              spec: { containers: [{ name: 'stock-backup' }] },
            },
          },
        },
      },
    });
  });

  test('keeps dumps on a disk of their own, which waits for the first job', () => {
    expect(only(objectsFor(everyDatabase, everyBackup), 'PersistentVolumeClaim')).toEqual({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: {
        name: 'dev-dumps',
        namespace: 'dev',
        annotations: {
          'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
          'argocd.argoproj.io/ignore-healthcheck': 'true',
        },
      },
      spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'slow', resources: { requests: { storage: '2Gi' } } },
    });
  });

  test('takes host, user, database and image from the database', () => {
    const objects = objectsFor(everyDatabase, everyBackup);

    expect(only(objects, 'ConfigMap')).toMatchObject({
      metadata: { name: 'dev-dump-scripts' },
      data: {
        'backup.sh': backupScript({ host: 'dev-pg-front', user: 'clerk', keepDays: 3 }),
        'restore-drill.sh': restoreDrillScript({
          user: 'clerk',
          database: 'orders-dev',
          expectTables: ['orders'],
          maxAgeHours: 2,
        }),
        'restore.sh': restoreScript({ host: 'dev-pg-front', user: 'clerk', database: 'orders-dev' }),
      },
    });
    for (const name of ['dev-dump', 'dev-dump-restore-drill', 'dev-dump-restore']) {
      expect(only(objects, 'CronJob', name)).toHaveProperty(
        'spec.jobTemplate.spec.template.spec.containers.0.image',
        'postgres:18.1-trixie',
      );
    }
  });

  test('dumps one at a time, with a deadline, and fails aloud', () => {
    expect(only(objectsFor(everyDatabase, everyBackup), 'CronJob', 'dev-dump')).toEqual({
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: {
        name: 'dev-dump',
        namespace: 'dev',
        annotations: { 'argocd.argoproj.io/ignore-healthcheck': 'true' },
      },
      spec: {
        schedule: '*/15 * * * *',
        timeZone: 'Etc/UTC',
        concurrencyPolicy: 'Forbid',
        startingDeadlineSeconds: 300,
        successfulJobsHistoryLimit: 3,
        failedJobsHistoryLimit: 1,
        jobTemplate: {
          spec: {
            activeDeadlineSeconds: 300,
            backoffLimit: 1,
            template: {
              metadata: { labels: { app: 'dump' } },
              spec: {
                automountServiceAccountToken: false,
                enableServiceLinks: false,
                restartPolicy: 'Never',
                securityContext: {
                  runAsNonRoot: true,
                  runAsUser: 999,
                  runAsGroup: 999,
                  fsGroup: 999,
                  fsGroupChangePolicy: 'OnRootMismatch',
                  seccompProfile: { type: 'RuntimeDefault' },
                },
                containers: [
                  {
                    name: 'dumper',
                    image: 'postgres:18.1-trixie',
                    command: ['bash', '/scripts/backup.sh'],
                    env: [
                      {
                        name: 'PGPASSWORD',
                        valueFrom: { secretKeyRef: { name: 'dev-orders-db-secret', key: 'PASSWORD' } },
                      },
                    ],
                    volumeMounts: [
                      { name: 'scripts', mountPath: '/scripts', readOnly: true },
                      { name: 'backups', mountPath: '/backups' },
                      { name: 'tmp', mountPath: '/tmp' },
                    ],
                    resources: { requests: { cpu: '50m', memory: '64Mi' } },
                    securityContext: {
                      allowPrivilegeEscalation: false,
                      capabilities: { drop: ['ALL'] },
                      readOnlyRootFilesystem: true,
                    },
                  },
                ],
                volumes: [
                  { name: 'scripts', configMap: { name: 'dev-dump-scripts' } },
                  { name: 'backups', persistentVolumeClaim: { claimName: 'dev-dumps' } },
                  { name: 'tmp', emptyDir: {} },
                ],
              },
            },
          },
        },
      },
    });
  });

  test('proves the newest dump without a password, without the network and without writing to the dumps', () => {
    const drill = only(objectsFor(everyDatabase, everyBackup), 'CronJob', 'dev-dump-restore-drill');
    const pod = 'spec.jobTemplate.spec.template.spec';

    expect(drill).toHaveProperty('spec.schedule', '0 4 * * 0');
    expect(drill).toHaveProperty('spec.jobTemplate.spec.template.metadata.labels', { app: 'dump-restore-drill' });
    expect(drill).toHaveProperty(`${pod}.containers.0.command`, ['bash', '/scripts/restore-drill.sh']);
    expect(drill).not.toHaveProperty(`${pod}.containers.0.env`);
    expect(drill).toHaveProperty(`${pod}.containers.0.volumeMounts`, [
      { name: 'scripts', mountPath: '/scripts', readOnly: true },
      { name: 'backups', mountPath: '/backups', readOnly: true },
      { name: 'work', mountPath: '/work' },
      { name: 'tmp', mountPath: '/tmp' },
    ]);
  });

  test('holds a restore ready that only a person starts', () => {
    const restore = only(objectsFor(everyDatabase, everyBackup), 'CronJob', 'dev-dump-restore');

    expect(restore).toHaveProperty('spec.suspend', true);
    expect(restore).toHaveProperty('spec.jobTemplate.spec.template.metadata.labels', { app: 'dump' });
    expect(restore).toHaveProperty('spec.jobTemplate.spec.template.spec.containers.0.command', [
      'bash',
      '/scripts/restore.sh',
    ]);
  });
});
