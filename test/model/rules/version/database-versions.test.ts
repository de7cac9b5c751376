import { describe, expect, test } from '@jest/globals';
import type { Database } from '../../../../src/model/database.ts';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { databaseVersions } from '../../../../src/model/rules/version/database-versions.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withDatabase } from '../../../support/valid-delivery.ts';

const withVersion = (change: Partial<Database>): Delivery =>
  withDatabase(validDelivery(), 'dev', 'orders-db', (database) => ({ ...database, ...change }));

const path = 'environments.dev.applications.shop.databases.orders-db';

describe('a database names its exact version', () => {
  test('passes for a minor version and a Debian code name, and while it is upgraded', () => {
    expect(told(databaseVersions, validDelivery())).toEqual([]);
    expect(told(databaseVersions, withVersion({ upgradesFrom: '17' }))).toEqual([]);
  });

  test('fails for a major version alone, and for latest', () => {
    expect(told(databaseVersions, withVersion({ version: '18' }))).toEqual([
      `${path}.version: must be an exact minor version, e.g. "18.1", got "18"`,
    ]);
    expect(told(databaseVersions, withVersion({ version: 'latest' }))).toEqual([
      `${path}.version: must be an exact minor version, e.g. "18.1", got "latest"`,
    ]);
  });

  test('fails for another system than Debian', () => {
    expect(told(databaseVersions, withVersion({ codename: 'alpine' }))).toEqual([
      `${path}.codename: must be a Debian code name, "bullseye", "bookworm", "trixie" or "forky", got "alpine"`,
    ]);
  });

  test('fails for an upgrade from what is not older', () => {
    expect(told(databaseVersions, withVersion({ upgradesFrom: '18' }))).toEqual([
      `${path}.upgradesFrom: must be an older major version, e.g. "17", got "18"`,
    ]);
  });
});
