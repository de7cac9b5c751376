import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { initSql } from '../../../src/databases/postgresql/scripts/init-sql.ts';
import { scratchFolder, startPostgres, type PostgresServer } from '../../support/postgres.ts';
import { runInitSql, scriptsUnderTest } from '../../support/postgres-scripts.ts';

const { user, database, table, initSql: text } = scriptsUnderTest();
let scratch = '';
let server: PostgresServer;

beforeAll(async () => {
  scratch = await scratchFolder();
  server = await startPostgres(scratch, user, database);
});

afterAll(async () => {
  await server.stop();
  await rm(scratch, { recursive: true });
});

describe('the init SQL on a real server', () => {
  test('fills the database of an empty data folder', async () => {
    const outcome = await runInitSql(server, text, database);

    expect(outcome).toEqual({
      exitCode: 0,
      stdout: 'init: the database was new and has its first contents\n',
      stderr: '',
    });
    expect(await server.ask(database, `SELECT count(*) FROM ${table}`)).toBe('1');
  });

  test('lets the program add a row next to the first one', async () => {
    await server.ask(database, `INSERT INTO ${table} (text) VALUES ('second')`);

    expect(await server.ask(database, `SELECT count(DISTINCT id) FROM ${table}`)).toBe('2');
  });

  test('changes nothing in a used database, not even when its rows were removed', async () => {
    await server.ask(database, `DELETE FROM ${table}`);

    const outcome = await runInitSql(server, text, database);

    expect(outcome).toEqual({
      exitCode: 0,
      stdout: 'init: the database has tables; nothing was changed\n',
      stderr: '',
    });
    expect(await server.ask(database, `SELECT count(*) FROM ${table}`)).toBe('0');
  });

  test('works in its own database when someone runs it by hand in another one', async () => {
    const outcome = await runInitSql(server, text, 'postgres');

    expect(outcome.stdout).toBe('init: the database has tables; nothing was changed\n');
    expect(await server.ask('postgres', `SELECT to_regclass('${table}') IS NULL`)).toBe('t');
  });

  test('fails whole: a statement that is wrong leaves no table of those before it', async () => {
    await server.ask('postgres', 'CREATE DATABASE "half-way"');
    const wrong = initSql({
      database: 'half-way',
      statements: 'CREATE TABLE made (id INT);\nINSERT INTO missing VALUES (1)',
    });

    const outcome = await runInitSql(server, wrong, 'half-way');

    expect(outcome.exitCode).toBe(3);
    expect(outcome.stderr).toContain('relation "missing" does not exist');
    expect(await server.ask('half-way', `SELECT to_regclass('made') IS NULL`)).toBe('t');
  });
});
