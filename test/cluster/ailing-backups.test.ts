import { describe, expect, test } from '@jest/globals';
import type { LiveObject } from '../../src/clients/kubernetes/cluster.ts';
import { ailingBackups } from '../../src/cluster/live/ailing-backups.ts';
import { fakeCluster, live } from '../support/fake-cluster.ts';
import { validDelivery } from '../support/valid-delivery.ts';

const [dev, prod] = validDelivery().environments;
if (dev === undefined || prod === undefined) throw new Error('no environments');

const now = Date.parse('2026-01-31T12:00:00Z');
const hoursAgo = (hours: number): string => new Date(now - hours * 3_600_000).toISOString();
const [backup, drill] = ['prod-orders-db-backup', 'prod-orders-db-backup-restore-drill'];

/** A CronJob that was made so many hours ago, and last succeeded so many hours ago. */
const cronJob = (name: string, made: number, succeeded?: number, spec: object = {}): LiveObject => {
  const object = live('batch/v1', 'CronJob', name, 'prod', {
    spec,
    status: succeeded === undefined ? {} : { lastSuccessfulTime: hoursAgo(succeeded) },
  });
  return { ...object, metadata: { ...object.metadata, creationTimestamp: hoursAgo(made) } as LiveObject['metadata'] };
};
const job = (name: string, owner: string, began: number, more: object = {}): LiveObject => {
  const object = live('batch/v1', 'Job', name, 'prod', {
    spec: { activeDeadlineSeconds: 600 },
    status: { startTime: hoursAgo(began), ...more },
  });
  return {
    ...object,
    metadata: { ...object.metadata, ownerReferences: [{ kind: 'CronJob', name: owner }] } as LiveObject['metadata'],
  };
};
const told = async (...objects: readonly LiveObject[]): Promise<readonly string[]> =>
  (await ailingBackups(fakeCluster(objects), prod, now)).map(
    ({ object, message, next = '' }) => `${object} ${message}; ${next}`,
  );

describe('the backups of an environment', () => {
  test('are well while each succeeded within the time that its schedule allows, and before its first run', async () => {
    expect(await told(cronJob(backup, 900, 23), cronJob(drill, 900, 160))).toEqual([]);
    expect(await told(cronJob(backup, 23), cronJob(drill, 160))).toEqual([]);
    expect(await told()).toEqual([]);
    expect(await ailingBackups(fakeCluster([]), dev, now)).toEqual([]);
  });

  test('fails for one that never succeeded, and says since when it could have', async () => {
    expect(await told(cronJob(backup, 26), cronJob(drill, 160))).toEqual([
      `CronJob/${backup} never succeeded, in 26 hours: nothing of orders-db is backed up; kubectl --context test -n prod describe cronjob ${backup}`,
    ]);
  });

  test('fails for one that did not succeed lately', async () => {
    expect(await told(cronJob(backup, 900, 72), cronJob(drill, 900, 300))).toEqual([
      `CronJob/${backup} did not succeed for 3 days, though it is due every 24 hours: nothing of orders-db is backed up; kubectl --context test -n prod describe cronjob ${backup}`,
      `CronJob/${drill} did not succeed for 13 days, though it is due every 7 days: nobody knows whether the backups of orders-db restore; kubectl --context test -n prod describe cronjob ${drill}`,
    ]);
  });

  test('fails for one that is suspended, however lately it succeeded', async () => {
    expect(await told(cronJob(backup, 900, 1, { suspend: true }), cronJob(drill, 900, 1, { suspend: false }))).toEqual([
      `CronJob/${backup} is suspended: nothing of orders-db is backed up; kubectl --context test -n prod patch cronjob ${backup} -p '{"spec":{"suspend":false}}'`,
    ]);
  });

  test('fails for one whose job does not end, and for no job that ended or only just began', async () => {
    const well = [cronJob(backup, 900, 1), cronJob(drill, 900, 1)];

    expect(await told(...well, job('b-1', backup, 5))).toEqual([
      `CronJob/${backup} its job b-1 runs since 5 hours and does not end: nothing of orders-db is backed up meanwhile; kubectl --context test -n prod describe job b-1`,
    ]);
    const ended = (type: string, status: string) => job('b-1', backup, 5, { conditions: [{ type, status }] });
    expect(await told(...well, ended('Complete', 'True'))).toEqual([]);
    expect(await told(...well, ended('Failed', 'True'))).toEqual([]);
    expect(await told(...well, ended('Complete', 'False'))).toHaveLength(1);
    expect(await told(...well, job('b-1', backup, 0.1))).toEqual([]);
    expect(await told(...well, job('other', 'something-else', 5))).toEqual([]);
  });
});
