import { execFile } from 'node:child_process';
import { readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  scratchFolder,
  scratchSubfolder,
  startPostgres,
  until,
  type PostgresServer,
  type Running,
} from '../../support/postgres.ts';
import {
  runInitSql,
  runScript,
  runScriptWithLimit,
  scriptsUnderTest,
  startScript,
  type ScriptRun,
} from '../../support/postgres-scripts.ts';

const { user, database, table, initSql, backup: text } = scriptsUnderTest();
const whole = /^backup-full-\d{8}-\d{6}\.sql$/;
const summary = /^backup: good file=(backup-full-\d{8}-\d{6}\.sql) bytes=(\d+) seconds=\d+ kept=(\d+) deleted=(\d+)\n$/;
const minutesPerDay = 24 * 60;

let scratch = '';
let server: PostgresServer;
let folder = '';
let folders = 0;

beforeAll(async () => {
  scratch = await scratchFolder();
  server = await startPostgres(scratch, user, database);
  await runInitSql(server, initSql, database);
  // More than fits on the small disks below.
  await server.ask(
    database,
    `CREATE TABLE filler AS SELECT repeat(md5(n::text), 8) AS text FROM generate_series(1, 2000) n`,
  );
});

afterAll(async () => {
  await server.stop();
  await rm(scratch, { recursive: true });
});

beforeEach(async () => {
  folders += 1;
  folder = await scratchSubfolder(scratch, `backups-${folders}`);
});

const backup = (changed: Readonly<Record<string, string>> = {}): ScriptRun => ({
  text,
  env: { ...server.env, BACKUP_DIRECTORY: folder, ...changed },
});

const files = async (): Promise<string[]> => (await readdir(folder)).sort();

const age = async (name: string, minutes: number): Promise<void> => {
  const then = new Date(Date.now() - minutes * 60_000);
  await utimes(path.join(folder, name), then, then);
};

/** Holds a lock that stops every dump at that table until it is released. */
async function stopDumps(): Promise<{ readonly release: () => Promise<void> }> {
  const session = await server.hold(database, `BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
  return {
    release: async () => {
      await server.ask(
        'postgres',
        `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE wait_event = 'PgSleep'`,
      );
      await session.outcome;
    },
  };
}

/** Starts a backup and waits until its dump is stopped half-way. */
async function startStoppedBackup(): Promise<Running> {
  const running = await startScript(scratch, backup());
  const waiting = `SELECT count(*) FROM pg_stat_activity WHERE application_name = 'pg_dump' AND wait_event_type = 'Lock'`;
  await until('the dump waits', async () => (await server.ask('postgres', waiting)) === '1');
  return running;
}

async function expectNextRunToWork(): Promise<void> {
  const outcome = await runScript(scratch, backup());

  expect(outcome.stderr).toBe('');
  expect(outcome.exitCode).toBe(0);
  expect(await files()).toEqual([expect.stringMatching(whole)]);
}

describe('the backup script on a real server', () => {
  test('writes one whole private dump and says so on one line', async () => {
    const outcome = await runScript(scratch, backup());

    const [, name = '', bytes = ''] = summary.exec(outcome.stdout) ?? [];
    expect(outcome).toEqual({ exitCode: 0, stdout: expect.stringMatching(summary), stderr: '' });
    expect(await files()).toEqual([name]);
    const { mode, size } = await stat(path.join(folder, name));
    expect(mode & 0o777).toBe(0o600);
    expect(size).toBe(Number(bytes));
    const dump = await readFile(path.join(folder, name), 'utf8');
    expect(dump).toContain(`CREATE ROLE ${user};`);
    expect(dump).toContain(`CREATE DATABASE "${database}"`);
    expect(dump).toMatch(/\n-- PostgreSQL database cluster dump complete\n--\n\n$/);
  });

  test('never prints the password', async () => {
    const good = await runScript(scratch, backup());
    const bad = await runScript(scratch, backup({ PGPASSWORD: 'not-the-password' }));

    expect(good.stdout + good.stderr).not.toContain(server.env['PGPASSWORD']!);
    expect(bad.stdout + bad.stderr).not.toContain('not-the-password');
  });

  test('fails with the wrong password and leaves no file', async () => {
    const outcome = await runScript(scratch, backup({ PGPASSWORD: 'not-the-password' }));

    expect(outcome.exitCode).toBe(1);
    expect(outcome.stderr).toContain(`password authentication failed for user "${user}"`);
    expect(outcome.stderr).toMatch(/\nbackup: FAILED: cannot ask \S+ for its version; the line above says why\n$/);
    expect(await files()).toEqual([]);
    await expectNextRunToWork();
  });

  test('fails when nothing answers and leaves no file', async () => {
    const outcome = await runScript(scratch, backup({ PGPORT: '1' }));

    expect(outcome.exitCode).toBe(1);
    expect(outcome.stderr).toContain(
      `backup: FAILED: cannot ask ${user}@127.0.0.1:1 for its version; the line above says why\n`,
    );
    expect(await files()).toEqual([]);
  });

  test('fails when the server goes away during the dump and leaves no file', async () => {
    const lock = await stopDumps();
    const running = await startStoppedBackup();

    await server.stop();

    const outcome = await running.outcome;
    await server.restart();
    await lock.release();
    expect(outcome.exitCode).toBe(1);
    expect(outcome.stderr).toMatch(/\nbackup: FAILED: pg_dumpall ended with exit code 1; \d+ kB are free in \S+\n$/);
    expect(await files()).toEqual([]);
    await expectNextRunToWork();
  });

  test('fails when a file may not grow enough and leaves no file', async () => {
    const outcome = await runScriptWithLimit(scratch, backup(), 64);

    expect(outcome.exitCode).toBe(1);
    expect(outcome.stderr).toMatch(/\nbackup: FAILED: pg_dumpall ended with exit code 1; \d+ kB are free in \S+\n$/);
    expect(await files()).toEqual([]);
    await expectNextRunToWork();
  });

  test('fails when the disk is full, leaves no file, and works when there is room again', async () => {
    const outcome = await withSmallDisk(folder, async () => {
      const full = await runScript(scratch, backup());
      return { ...full, left: await files() };
    });

    expect(outcome.exitCode).toBe(1);
    expect(outcome.stderr).toContain('No space left on device\n');
    expect(outcome.stderr).toMatch(/\nbackup: FAILED: pg_dumpall ended with exit code 1; \d+ kB are free in \S+\n$/);
    expect(outcome.left).toEqual([]);
    await expectNextRunToWork();
  });

  test('fails when it is killed half-way: nothing looks whole, and the next run cleans up and works', async () => {
    const lock = await stopDumps();
    const running = await startStoppedBackup();

    running.signal('SIGKILL', 'group');

    expect((await running.outcome).exitCode).not.toBe(0);
    expect(await files()).toEqual([expect.stringMatching(/^backup-full-\d{8}-\d{6}\.sql\.partial$/)]);
    await lock.release();
    await expectNextRunToWork();
  });

  test('fails at once when it is asked to stop, and takes its unfinished file with it', async () => {
    const lock = await stopDumps();
    const running = await startStoppedBackup();

    running.signal('SIGTERM', 'program');

    await until('the unfinished file is gone', async () => (await files()).length === 0);
    // The pg_dump below pg_dumpall ends with the container; here it ends when it gets its lock.
    await lock.release();
    expect(await running.outcome).toEqual({ exitCode: 143, stdout: '', stderr: '' });
    await expectNextRunToWork();
  });

  test('fails next to a run that has not ended, and leaves that one alone', async () => {
    const lock = await stopDumps();
    const first = await startStoppedBackup();

    const second = await runScript(scratch, backup());

    await lock.release();
    expect(second).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `backup: FAILED: another backup is writing to ${folder}; nothing was changed\n`,
    });
    expect(await first.outcome).toEqual({ exitCode: 0, stdout: expect.stringMatching(summary), stderr: '' });
    expect(await files()).toEqual([expect.stringMatching(whole)]);
  });

  test('fails when the folder is not there: the volume is not mounted', async () => {
    await rm(folder, { recursive: true });

    const outcome = await runScript(scratch, backup());

    expect(outcome.exitCode).toBe(1);
    expect(outcome.stderr).toMatch(
      /^backup: FAILED: \S+ is not a folder that user \d+ may write to; is the backup volume mounted\?\n$/,
    );
  });
});

describe('the retention of dumps', () => {
  const recent = 'backup-full-20240102-030405.sql';
  const expired = 'backup-full-20240101-030405.sql';
  const foreign = [
    'backup-full-notes.sql',
    'backup-full-20240101-030405.sql.gz',
    'other-20240101-030405.sql',
    'readme.txt',
  ];

  beforeEach(async () => {
    for (const name of [recent, expired, ...foreign]) {
      await writeFile(path.join(folder, name), 'old');
      await age(name, 30 * minutesPerDay);
    }
    await age(recent, 7 * minutesPerDay - 1);
    await age(expired, 7 * minutesPerDay + 1);
  });

  test('keeps seven days to the minute, and every file that is not a dump of its own', async () => {
    const outcome = await runScript(scratch, backup());

    const [, name = '', , kept, deleted] = summary.exec(outcome.stdout) ?? [];
    expect(await files()).toEqual([name, recent, ...foreign].sort());
    expect({ kept, deleted }).toEqual({ kept: '2', deleted: '1' });
  });

  test('removes what killed runs of its own left unfinished', async () => {
    const [left, other] = ['backup-full-20240101-030405.sql.partial', 'other.sql.partial'];
    await writeFile(path.join(folder, left), 'half');
    await writeFile(path.join(folder, other), 'half');

    await runScript(scratch, backup());

    expect(await files()).not.toContain(left);
    expect(await files()).toContain(other);
  });

  test('fails without deleting anything when there is no good new dump', async () => {
    const before = await files();

    const outcome = await runScript(scratch, backup({ PGPASSWORD: 'not-the-password' }));

    expect(outcome.exitCode).toBe(1);
    expect(await files()).toEqual(before);
  });
});

/** Puts a disk of 64 kB at a folder for as long as something runs. Only root may do that, or sudo without a password. */
async function withSmallDisk<Result>(at: string, during: () => Promise<Result>): Promise<Result> {
  const command = promisify(execFile);
  const asRoot = (...args: readonly string[]) => {
    const [program = '', ...rest] = process.getuid?.() === 0 ? args : ['sudo', '--non-interactive', ...args];
    return command(program, rest);
  };
  await asRoot('mount', '-t', 'tmpfs', '-o', 'size=64k,mode=0777', 'tmpfs', at);
  try {
    return await during();
  } finally {
    await asRoot('umount', at);
  }
}
