import { chmod, copyFile, readdir, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { restoreDrillScript } from '../../../src/databases/postgresql/scripts/restore-drill-script.ts';
import { scratchFolder, scratchSubfolder, startPostgres, type Outcome } from '../../support/postgres.ts';
import { runInitSql, runScript, scriptsUnderTest } from '../../support/postgres-scripts.ts';

const { user, database, table, initSql, backup, restoreDrill } = scriptsUnderTest();
const name = 'backup-full-20240102-030405.sql';

let scratch = '';
let goodDump = '';
let folder = '';
let work = '';
let runs = 0;

beforeAll(async () => {
  scratch = await scratchFolder();
  const server = await startPostgres(scratch, user, database);
  await runInitSql(server, initSql, database);
  // A role that was granted to another: its grantor is the superuser by name.
  await server.ask(database, `CREATE ROLE reader`);
  await server.ask(database, `CREATE ROLE clerk LOGIN PASSWORD 'clerk' IN ROLE reader`);
  await server.ask(database, `GRANT SELECT ON ${table} TO reader`);
  const backups = await scratchSubfolder(scratch, 'backups');
  await runScript(scratch, { text: backup, env: { ...server.env, BACKUP_DIRECTORY: backups } });
  await server.stop();
  const [found] = (await readdir(backups)).filter((file) => file.endsWith('.sql'));
  goodDump = path.join(backups, found!);
});

afterAll(async () => {
  await rm(scratch, { recursive: true });
});

beforeEach(async () => {
  runs += 1;
  folder = await scratchSubfolder(scratch, `dumps-${runs}`);
  work = await scratchSubfolder(scratch, `work-${runs}`);
});

const drill = async (text = restoreDrill): Promise<Outcome> => {
  const outcome = await runScript(scratch, { text, env: { BACKUP_DIRECTORY: folder, WORK_DIRECTORY: work } });
  // Whatever happened, the throw-away server is gone, and its files.
  expect(await readdir(work)).toEqual([]);
  return outcome;
};

const dump = async (file: string, ageHours = 0): Promise<string> => {
  const target = path.join(folder, file);
  await copyFile(goodDump, target);
  await chmod(target, 0o644);
  const then = new Date(Date.now() - ageHours * 3_600_000);
  await utimes(target, then, then);
  return target;
};

describe('the restore drill with real dumps', () => {
  test('restores a good dump without an error and says what came out on one line', async () => {
    await dump(name, 1);

    expect(await drill()).toEqual({
      exitCode: 0,
      stdout: expect.stringMatching(
        new RegExp(
          `^restore drill: good file=${name} age_minutes=60 bytes=\\d+ seconds=\\d+ database=${database} tables=1 rows=1\\n$`,
        ),
      ),
      stderr: '',
    });
  });

  test('takes the newest dump and not one that is still being written', async () => {
    await dump('backup-full-20240101-235959.sql');
    await dump(name);
    await writeFile(path.join(folder, 'backup-full-20240103-000000.sql.partial'), 'half');

    const outcome = await drill();

    expect(outcome.stdout).toContain(`good file=${name} `);
  });

  test('fails without a dump', async () => {
    expect(await drill()).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `restore drill: FAILED: there is no dump in ${folder}\n`,
    });
  });

  test('fails with an empty dump', async () => {
    await writeFile(path.join(folder, name), '');

    expect(await drill()).toEqual({ exitCode: 1, stdout: '', stderr: `restore drill: FAILED: ${name} is empty\n` });
  });

  test('fails with a dump that was cut off, although an older one is whole', async () => {
    await dump('backup-full-20240101-235959.sql');
    const file = await dump(name);
    await truncate(file, (await readFile(file)).length - 200);

    expect(await drill()).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `restore drill: FAILED: ${name} is not complete: it does not end as pg_dumpall ends a dump\n`,
    });
  });

  test('fails with a dump that looks whole and does not restore', async () => {
    const file = await dump(name);
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('CREATE SEQUENCE', 'CREATE SEQUENZE'));

    const outcome = await drill();

    expect(outcome.exitCode).toBe(1);
    expect(outcome.stderr).toMatch(/psql:<stdin>:\d+: ERROR: {2}syntax error at or near "SEQUENZE"/);
    expect(outcome.stderr).toContain(`restore drill: FAILED: ${name} does not restore; the lines above say why\n`);
  });

  test('fails when the newest dump is too old: the backup does not run', async () => {
    await dump(name, 3);

    const outcome = await drill();

    expect(outcome.exitCode).toBe(1);
    expect(outcome.stderr).toBe(
      `restore drill: FAILED: the newest dump, ${name}, is 180 minutes old; at most 120 are allowed, so the backup does not run or does not work\n`,
    );
  });

  test('fails with every table and answer that is missing, all at once', async () => {
    await dump(name);
    const checks = [
      { says: 'there is a row', sql: `SELECT EXISTS (SELECT FROM ${table})` },
      { says: 'there are nine rows', sql: `SELECT count(*) = 9 FROM ${table}` },
    ];

    const outcome = await drill(
      restoreDrillScript({ user, database, expectTables: [table, 'audit.missing'], maxAgeHours: 2, checks }),
    );

    expect(outcome).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: [
        'restore drill: there is no table audit.missing',
        'restore drill: it does not hold that there are nine rows',
        `restore drill: FAILED: ${name} restores, but the database ${database} is not what it should be (problems: 2)`,
        '',
      ].join('\n'),
    });
  });

  test('fails when the dump does not hold the database', async () => {
    await dump(name);

    const outcome = await drill(restoreDrillScript({ user, database: 'another', expectTables: [], maxAgeHours: 2 }));

    expect(outcome.stderr).toBe(`restore drill: FAILED: ${name} restores, but it holds no database another\n`);
  });

  test('fails with a dump of another server', async () => {
    await dump(name);

    const outcome = await drill(restoreDrillScript({ user: 'another', database, expectTables: [], maxAgeHours: 2 }));

    expect(outcome.stderr).toBe(
      `restore drill: FAILED: ${name} does not create the role another; it is a dump of another server\n`,
    );
  });
});
