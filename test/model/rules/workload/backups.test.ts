import { describe, expect, test } from '@jest/globals';
import type { Backup } from '../../../../src/model/database.ts';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { backups } from '../../../../src/model/rules/workload/backups.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withDatabase } from '../../../support/valid-delivery.ts';

const withBackup = (change: Partial<Backup>): Delivery =>
  withDatabase(validDelivery(), 'prod', 'orders-db', (database) => ({
    ...database,
    backup: { ...database.backup!, ...change },
  }));

const withDrill = (change: Partial<Backup['restoreDrill']>): Delivery =>
  withDatabase(validDelivery(), 'prod', 'orders-db', (database) => ({
    ...database,
    backup: { ...database.backup!, restoreDrill: { ...database.backup!.restoreDrill, ...change } },
  }));

const path = 'environments.prod.applications.shop.databases.orders-db.backup';

describe('a backup is worth having', () => {
  test('passes for a daily dump that a weekly drill restores', () => {
    expect(told(backups, validDelivery())).toEqual([]);
  });

  test('fails for schedules that are none or never fire', () => {
    expect(told(backups, withBackup({ schedule: 'daily' }))).toEqual([
      `${path}.schedule: must be a cron expression of five fields, e.g. "0 2 * * *", got "daily"`,
    ]);
    expect(told(backups, withBackup({ schedule: '0 0 31 2 *' }))).toEqual([
      `${path}.schedule: never fires; choose a day that the month has, got "0 0 31 2 *"`,
    ]);
    expect(told(backups, withDrill({ schedule: '0 25 * * *' }))).toEqual([
      `${path}.restoreDrill.schedule: must be a cron expression, and its hour is not one: write 0 to 23, with * , - and / alone, got "0 25 * * *"`,
    ]);
  });

  test('fails for dumps that are not kept, and for a deadline that is none', () => {
    expect(told(backups, withBackup({ keepDays: 0, deadlineSeconds: 0 }))).toEqual([
      `${path}.keepDays: must be a whole number, 1 or more, got 0`,
      `${path}.deadlineSeconds: must be a whole number, 1 or more, got 0`,
    ]);
  });

  test("fails for a volume that is the database's own", () => {
    const delivery = withDatabase(validDelivery(), 'prod', 'orders-db', (database) => ({
      ...database,
      names: { workload: 'db', claimTemplate: 'prod-disk' },
      backup: { ...database.backup!, names: { claim: 'disk-prod-db-0' } },
    }));

    expect(told(backups, delivery)).toEqual([
      `${path}.names.claim: must not be the database's own volume, because one failure would take both, got "prod-disk-prod-db-0"`,
    ]);
  });

  test('fails for a drill that nothing can fail', () => {
    expect(told(backups, withDrill({ expectTables: [] }))).toEqual([
      `${path}.restoreDrill.expectTables: must name at least one table, else an empty restore passes, got []`,
    ]);
    expect(told(backups, withDrill({ expectTables: ['orders', "x'; --"] }))).toEqual([
      `${path}.restoreDrill.expectTables: must be names of tables, e.g. "orders" or "public.orders", got "x'; --"`,
    ]);
  });

  test('fails for a drill that no dump is young enough for', () => {
    expect(told(backups, withDrill({ maxAgeHours: 12 }))).toEqual([
      `${path}.restoreDrill.maxAgeHours: must be at least 24, because that much time may lie between two dumps, got 12`,
    ]);
    expect(told(backups, withBackup({ schedule: '0 2 * * 1-5' }))).toEqual([
      `${path}.restoreDrill.maxAgeHours: must be at least 72, because that much time may lie between two dumps, got 26`,
    ]);
  });

  test('fails for what the scripts cannot count, and for a table that they cannot name', () => {
    expect(told(backups, withBackup({ keepDays: 4000 }))).toEqual([`${path}.keepDays: must be at most 3650, got 4000`]);
    expect(told(backups, withDrill({ maxAgeHours: 9000 }))).toEqual([
      `${path}.restoreDrill.maxAgeHours: must be at most 8784, got 9000`,
    ]);
    expect(told(backups, withDrill({ maxAgeHours: 26.5 }))).toEqual([
      `${path}.restoreDrill.maxAgeHours: must be a whole number, 1 or more, got 26.5`,
    ]);
    expect(told(backups, withDrill({ expectTables: ['order$'] }))).toEqual([
      `${path}.restoreDrill.expectTables: must be names of tables, e.g. "orders" or "public.orders", got "order$"`,
    ]);
  });
});
