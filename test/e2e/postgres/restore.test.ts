import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  postgresBin,
  scratchFolder,
  scratchSubfolder,
  startPostgres,
  type Outcome,
  type PostgresServer,
} from '../../support/postgres.ts';
import { runInitSql, runScript, scriptsUnderTest } from '../../support/postgres-scripts.ts';

const { user, database, table, initSql, backup, restore } = scriptsUnderTest();
const inTheDump = 'written before the backup';
const written = `SELECT string_agg(text, ',' ORDER BY id) FROM ${table} WHERE text LIKE 'written %'`;

let scratch = '';
let backups = '';
let dump = '';
let server: PostgresServer;
let work = '';
let runs = 0;

beforeAll(async () => {
  scratch = await scratchFolder();
  backups = await scratchSubfolder(scratch, 'backups');
  server = await startPostgres(scratch, user, database);
  await runInitSql(server, initSql, database);
  await server.ask(database, `INSERT INTO ${table} (text) VALUES ('${inTheDump}')`);
  await server.ask('postgres', `ALTER DATABASE "${database}" SET lock_timeout = '7s'`);
  await runScript(scratch, { text: backup, env: { ...server.env, BACKUP_DIRECTORY: backups } });
  dump = (await readdir(backups)).find((file) => file.endsWith('.sql'))!;
});

afterAll(async () => {
  await server.stop();
  await rm(scratch, { recursive: true });
});

beforeEach(async () => {
  runs += 1;
  work = await scratchSubfolder(scratch, `work-${runs}`);
});

const runRestore = async (
  env: Readonly<Record<string, string>> = {},
  to: PostgresServer = server,
): Promise<Outcome> => {
  const outcome = await runScript(scratch, {
    text: restore,
    env: { ...to.env, BACKUP_DIRECTORY: backups, WORK_DIRECTORY: work, ...env },
  });
  expect(await readdir(work)).toEqual([]);
  return outcome;
};

/** A folder for the front of the PATH with one program in it that misbehaves. */
async function replaceProgram(name: string, body: (real: string) => string): Promise<string> {
  const folder = await scratchSubfolder(scratch, `${name}-${runs}`);
  await writeFile(path.join(folder, name), `#!/bin/sh\n${body(path.join(await postgresBin(), name))}\n`, {
    mode: 0o755,
  });
  return folder;
}

const databases = async (): Promise<string[]> => {
  const names = await server.ask(
    'postgres',
    `SELECT datname FROM pg_database WHERE NOT datistemplate AND datname <> 'postgres' ORDER BY 1`,
  );
  return names.split('\n');
};

const connectable = (): Promise<string> =>
  server.ask('postgres', `SELECT datallowconn FROM pg_database WHERE datname = '${database}'`);

describe('the restore script on a real server', () => {
  test('fails when the database has tables and nobody said to replace it, and changes nothing', async () => {
    const outcome = await runRestore();

    expect(outcome).toEqual({
      exitCode: 1,
      stdout: '',
      stderr:
        `restore: FAILED: the database ${database} holds tables (1); nothing was changed. ` +
        `Set RESTORE_REPLACE=yes to put ${dump} in its place; what is there now is then kept as a database of another name\n`,
    });
    expect(await databases()).toEqual([database]);
  });

  test('fails when the dump of that name is not there, and names the newest', async () => {
    const outcome = await runRestore({ RESTORE_FILE: 'backup-full-20240102-030405.sql' });

    expect(outcome.stderr).toBe(
      `restore: FAILED: there is no dump backup-full-20240102-030405.sql in ${backups}; the newest is ${dump}\n`,
    );
  });

  test('fails with a path in place of a name', async () => {
    const outcome = await runRestore({ RESTORE_FILE: '../etc/passwd' });

    expect(outcome.stderr).toMatch(
      /^restore: FAILED: RESTORE_FILE is a name without a folder, e\.g\. \S+, got "\.\.\/etc\/passwd"\n$/,
    );
  });

  test('fails with the wrong password and does not print it', async () => {
    const outcome = await runRestore({ PGPASSWORD: 'not-the-password' });

    expect(outcome.exitCode).toBe(1);
    expect(outcome.stderr).toContain(`restore: FAILED: cannot ask ${user}@`);
    expect(outcome.stderr).not.toContain('not-the-password');
  });

  test('fails when the live server lacks roles of the dump, names them, and changes nothing', async () => {
    await server.ask('postgres', 'CREATE ROLE clerk; CREATE ROLE reader');
    await server.ask(database, `GRANT SELECT ON ${table} TO clerk`);
    const folder = await scratchSubfolder(scratch, 'backups-with-role');
    await runScript(scratch, { text: backup, env: { ...server.env, BACKUP_DIRECTORY: folder } });
    await server.ask(database, `REVOKE SELECT ON ${table} FROM clerk`);
    await server.ask('postgres', 'DROP ROLE clerk; DROP ROLE reader');

    const outcome = await runRestore({ BACKUP_DIRECTORY: folder, RESTORE_REPLACE: 'yes' });

    expect(outcome.stderr).toBe(
      'restore: FAILED: the live server lacks these roles of the dump; create them first, nothing was changed: clerk, reader\n',
    );
    expect(await databases()).toEqual([database]);
  });

  test('fails when the copy breaks off, and leaves the live database as it was', async () => {
    const breaks = await replaceProgram('pg_dump', (real) => `${real} "$@" | head -n 60; exit 1`);

    const outcome = await runRestore({ RESTORE_REPLACE: 'yes', PATH: breaks });

    expect(outcome.exitCode).toBe(1);
    expect(outcome.stderr).toContain(
      `restore: FAILED: ${database} cannot be copied to the live server; the lines above say why, and the live database is as it was\n`,
    );
    expect(await databases()).toEqual([database]);
    expect(await connectable()).toBe('t');
  });

  test('fails when the databases cannot be exchanged, and leaves the live one as it was', async () => {
    const breaks = await replaceProgram(
      'psql',
      (real) => `case "$*" in *"RENAME TO"*-old-*) exit 3 ;; esac; exec ${real} "$@"`,
    );

    const outcome = await runRestore({ RESTORE_REPLACE: 'yes', PATH: breaks });

    expect(outcome.exitCode).toBe(1);
    expect(outcome.stderr).toBe(
      `restore: FAILED: ${database} cannot be exchanged; the lines above say why, and the live database is as it was\n`,
    );
    expect(await databases()).toEqual([database]);
    expect(await connectable()).toBe('t');
  });

  test('puts the dump in the place of a used database although programs are connected, and keeps the old one', async () => {
    await server.ask(database, `INSERT INTO ${table} (text) VALUES ('written after the backup')`);
    const program = await server.hold(database);

    const outcome = await runRestore({ RESTORE_FILE: dump, RESTORE_REPLACE: 'yes' });

    const [, old = ''] =
      /^restore: good file=\S+ database=\S+ seconds=\d+ old_database=(\S+)$/m.exec(outcome.stdout) ?? [];
    expect(outcome.exitCode).toBe(0);
    expect(outcome.stderr).toBe('');
    expect((await program.outcome).stderr).toContain('terminating connection due to administrator command');
    expect(old).toMatch(new RegExp(`^${database}-old-\\d{8}-\\d{6}$`));
    expect(await databases()).toEqual([database, old]);
    expect(await server.ask(database, written)).toBe(inTheDump);
    expect(await server.ask(old, written)).toBe(`${inTheDump},written after the backup`);
    expect(await server.ask(database, 'SHOW lock_timeout')).toBe('7s');
  });

  test('can be taken back with the SQL of docs/restore.md', async () => {
    const [, old = ''] = await databases();
    const page = await readFile(path.join(import.meta.dirname, '../../../docs/restore.md'), 'utf8');
    const [, sql = ''] = /```sql\n(.*?)```/s.exec(page) ?? [];
    const ours = sql.replaceAll(/todos-production-old-[\d-]+/g, old).replaceAll('todos-production', database);

    for (const statement of ours.trim().split('\n')) await server.ask('postgres', statement);

    expect(await databases()).toEqual([database, `${database}-wrong`]);
    expect(await server.ask(database, written)).toBe(`${inTheDump},written after the backup`);
  });

  test('lets the program go on where it was: the next row gets the next number', async () => {
    await server.ask(database, `INSERT INTO ${table} (text) VALUES ('next')`);

    expect(await server.ask(database, `SELECT count(*) = count(DISTINCT id) FROM ${table}`)).toBe('t');
  });

  test('fills a new server without being told to replace anything', async () => {
    const fresh = await startPostgres(scratch, user, 'something-else', 'fresh');

    const outcome = await runRestore({}, fresh);

    expect(outcome.stdout).toMatch(/\nrestore: good file=\S+ database=\S+ seconds=\d+ old_database=none\n$/);
    expect(await fresh.ask(database, written)).toBe(inTheDump);
    await fresh.stop();
  });
});
