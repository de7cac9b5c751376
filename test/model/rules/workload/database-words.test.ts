import { describe, expect, test } from '@jest/globals';
import type { Database } from '../../../../src/model/database.ts';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { environmentOf } from '../../../../src/model/delivery.ts';
import { databaseWords } from '../../../../src/model/rules/workload/database-words.ts';
import { problemsOf } from '../../../../src/model/validation/validate.ts';
import { renderEnvironment } from '../../../../src/render/render-environment.ts';
import fc from '../../../support/properties.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withDatabase } from '../../../support/valid-delivery.ts';

const withWords = (change: (database: Database) => Partial<Database>): Delivery =>
  withDatabase(validDelivery(), 'prod', 'orders-db', (database) => ({ ...database, ...change(database) }));

const path = 'environments.prod.applications.shop.databases.orders-db';

/** Mostly the first, which is right; else one of the others. */
const mostly = <Value>(right: Value, ...others: readonly Value[]): fc.Arbitrary<Value> =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(right) }, { weight: 1, arbitrary: fc.constantFrom(...others) });

/** Names, numbers and SQL as people write them, right and wrong. */
const words = fc.record({
  database: mostly('orders', 'orders-2', '2025', 'o'.repeat(43), 'o'.repeat(44), 'or ders', "o'r", ''),
  user: mostly('orders', 'Orders_1', '1orders', 'o'.repeat(63), 'o'.repeat(64), '-o', ''),
  initSql: mostly('SELECT 1', '', ' drop table x;', 'INSERT INTO t VALUES (1);\nDELETE FROM t;', 'truncate t'),
  keepDays: mostly(7, 0, 3650, 3651, 0.5, NaN, Infinity),
  maxAgeHours: mostly(26, 24, 8784, 8785, 26.5, NaN, Infinity),
  deadlineSeconds: mostly(600, 0, 1, 10_000_000),
  table: mostly('orders', 'public.orders', 'a.b.c', 'o$', '1o', 'o-o', ''),
});

describe('what a server is started with', () => {
  test('passes for names that scripts can quote, and for SQL that only makes what is missing', () => {
    const delivery = withWords(() => ({
      database: 'Orders.2025-01_a',
      user: '_orders.a-b',
      initSql: "INSERT INTO t VALUES ('a DROP of rain');",
    }));

    expect(told(databaseWords, delivery)).toEqual([]);
  });

  test('fails for names that PostgreSQL or a restore would cut or take for something else', () => {
    expect(
      told(
        databaseWords,
        withWords(() => ({ database: 'o'.repeat(44), user: '1st' })),
      ),
    ).toEqual([
      `${path}.database: must be at most 43 letters, digits, "_", "." and "-", e.g. "orders", got "${'o'.repeat(44)}"`,
      `${path}.user: must be a role name of letters, digits, "_", "." and "-", e.g. "orders", got "1st"`,
    ]);
  });

  test('fails for a setting that has no such name, and for one that backups and neighbours rely on', () => {
    const parameters = { 'max connections': '1', port: '5433', shared_buffers: '128MB' };

    expect(
      told(
        databaseWords,
        withWords(() => ({ parameters })),
      ),
    ).toEqual([
      `${path}.parameters: must be named as in postgresql.conf, e.g. "max_connections", got "max connections"`,
      `${path}.parameters: is set by the program, which relies on it; leave it out, got "port"`,
    ]);
  });

  test('fails for SQL that drops or empties something, wherever it stands', () => {
    for (const [sql, given] of [
      ['DROP DATABASE IF EXISTS "orders";', 'DROP DATABASE IF EXISTS \\"orders\\";'],
      ['CREATE TABLE t (id INT);\n  truncate t;\n', 'truncate t;'],
      ['SELECT 1;\nDelete  from t;', 'Delete  from t;'],
    ] as const)
      expect(
        told(
          databaseWords,
          withWords(() => ({ initSql: sql })),
        ),
      ).toEqual([
        `${path}.initSql: only makes what is missing; remove the statement that drops or empties something, got "${given}"`,
      ]);
  });

  test('is refused by the rules wherever a script could not be written of it', () => {
    let rendered = 0;
    fc.assert(
      fc.property(words, ({ keepDays, maxAgeHours, deadlineSeconds, table, ...change }) => {
        const delivery = withWords(({ backup }) => ({
          ...change,
          backup: {
            ...backup!,
            keepDays,
            deadlineSeconds,
            restoreDrill: { ...backup!.restoreDrill, maxAgeHours, expectTables: [table] },
          },
        }));
        if (problemsOf(delivery).length > 0) return;
        rendered += 1;
        renderEnvironment(delivery, environmentOf(delivery, 'prod'), delivery.initialReleases['prod']!, {
          opsRepository: 'https://github.com/acme/shop-ops.git',
        });
      }),
      { numRuns: 100 },
    );

    expect(rendered).toBeGreaterThan(10);
  });
});
