import { describe, expect, test } from '@jest/globals';
import { initSql } from '../../../../src/databases/postgresql/scripts/init-sql.ts';

describe('the init SQL', () => {
  test('runs the statements whole or not at all, and only in a database without tables', () => {
    expect(initSql({ database: 'orders-dev', statements: 'CREATE TABLE orders (id INT);\n' })).toBe(`\
-- Fills the database orders-dev when it is new. Safe to run again: it does nothing once there is a table.
\\set ON_ERROR_STOP on
\\connect "orders-dev"
SELECT NOT EXISTS (
  SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
) AS is_new \\gset
\\if :is_new
BEGIN;
CREATE TABLE orders (id INT);
COMMIT;
\\echo 'init: the database was new and has its first contents'
\\else
\\echo 'init: the database has tables; nothing was changed'
\\endif
`);
  });

  test('ends the last statement where its author did not', () => {
    expect(initSql({ database: 'orders', statements: 'SELECT 1' })).toContain('BEGIN;\nSELECT 1\n;\nCOMMIT;');
  });

  test('makes and drops no database: the image makes it', () => {
    expect(initSql({ database: 'orders', statements: 'SELECT 1;' })).not.toMatch(/DROP|CREATE DATABASE/);
  });

  test.each([
    ['DROP DATABASE IF EXISTS "orders";', 'DROP DATABASE IF EXISTS "orders";'],
    ['SELECT 1;\n  drop table orders;', 'drop table orders;'],
    ['TRUNCATE orders;', 'TRUNCATE orders;'],
    ['DELETE FROM orders;', 'DELETE FROM orders;'],
  ])('fails with a statement that destroys: %j', (statements, found) => {
    expect(() => initSql({ database: 'orders', statements })).toThrow(
      'portolan: the init SQL is not valid (1 problem)\n' +
        `  statements: only makes what is missing; remove the statement that drops or empties something, got ${JSON.stringify(found)}`,
    );
  });

  test('takes what only looks like it destroys', () => {
    const statements = 'CREATE TABLE lines (order_id INT REFERENCES orders\n  ON DELETE CASCADE,\n  dropped BOOLEAN);';

    expect(initSql({ database: 'orders', statements })).toContain(statements);
  });

  test('fails with a database name that a restore could not keep', () => {
    expect(() => initSql({ database: 'a;b', statements: 'SELECT 1;' })).toThrow('database: must be at most 43 letters');
  });
});
