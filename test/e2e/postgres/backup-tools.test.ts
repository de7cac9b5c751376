import { readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { run, scratchFolder, scratchSubfolder, type Outcome } from '../../support/postgres.ts';
import { runScript, scriptsUnderTest } from '../../support/postgres-scripts.ts';

const scripts = scriptsUnderTest();
const end = '--\n-- PostgreSQL database cluster dump complete\n--\n\n';

let scratch = '';
let tools = '';
let backups = '';

beforeEach(async () => {
  scratch = await scratchFolder();
  tools = await scratchSubfolder(scratch, 'tools');
  backups = await scratchSubfolder(scratch, 'backups');
  await tool('psql', 'echo 180006');
  await dumps(0, `-- roles\n${end}`);
});

afterEach(async () => {
  await rm(scratch, { recursive: true });
});

async function tool(name: string, body: string): Promise<void> {
  await writeFile(path.join(tools, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
}

/** A pg_dumpall that writes some text and ends with some exit code. */
async function dumps(exitCode: number, text: string, version = '18.6 (Debian 18.6-1.pgdg13+1)'): Promise<void> {
  await writeFile(path.join(scratch, 'dump'), text);
  const answer = `if [ "$1" = --version ]; then echo "pg_dumpall (PostgreSQL) ${version}"; exit; fi`;
  await tool('pg_dumpall', `${answer}\ncat ${scratch}/dump\nexit ${exitCode}`);
}

const backup = (): Promise<Outcome> =>
  runScript(scratch, { text: scripts.backup, env: { PATH: tools, BACKUP_DIRECTORY: backups, PGPASSWORD: 'secret' } });

describe('the backup script with tools that misbehave', () => {
  test('is content with tools that behave', async () => {
    const outcome = await backup();

    expect(outcome.exitCode).toBe(0);
    expect(await readdir(backups)).toHaveLength(1);
  });

  test.each([
    ['writes nothing', ''],
    ['is cut off', '-- roles\nCREATE ROLE someone;\n'],
    ['is cut off inside of the last line', `-- roles\n${end.slice(0, -12)}`],
  ])('fails when pg_dumpall reports success and the dump %s', async (_, text) => {
    await dumps(0, text);

    const outcome = await backup();

    expect(outcome.exitCode).toBe(1);
    expect(outcome.stderr).toMatch(
      /^backup: FAILED: the dump is not complete although pg_dumpall reported success; \d+ kB are free in \S+\n$/,
    );
    expect(await readdir(backups)).toEqual([]);
  });

  test('fails when pg_dumpall reports failure, although the dump looks whole', async () => {
    await dumps(1, `-- roles\n${end}`);

    const outcome = await backup();

    expect(outcome.exitCode).toBe(1);
    expect(outcome.stderr).toMatch(/^backup: FAILED: pg_dumpall ended with exit code 1; /);
    expect(await readdir(backups)).toEqual([]);
  });

  test('fails with one clear sentence when the server is newer than its tools', async () => {
    await tool('psql', 'echo 190001');

    expect(await backup()).toEqual({
      exitCode: 1,
      stdout: '',
      stderr:
        "backup: FAILED: the server is PostgreSQL 19 and pg_dumpall is 18, which cannot dump it; use the server's image for the backup\n",
    });
    expect(await readdir(backups)).toEqual([]);
  });

  test('takes tools that are newer than the server', async () => {
    await tool('psql', 'echo 170004');

    expect((await backup()).exitCode).toBe(0);
  });

  test('says that the folder cannot be locked and goes on', async () => {
    await tool('flock', 'exit 71');

    const outcome = await backup();

    expect(outcome.stdout).toMatch(
      /^backup: note: \S+ cannot be locked, so nothing stops two backups at the same time\nbackup: good /,
    );
  });

  test('gives two backups in the same second two names', async () => {
    await backup();
    await backup();

    expect(await readdir(backups)).toHaveLength(2);
  });

  test('takes what the environment does not say from its own text', async () => {
    await tool('psql', `echo "$PGHOST $PGPORT $PGUSER $PGCONNECT_TIMEOUT" >${scratch}/asked; echo 180006`);
    await run(['touch', `${scratch}/asked`]);

    await backup();

    const asked = await run(['cat', `${scratch}/asked`]);
    expect(asked.stdout).toMatch(new RegExp(`^\\S+ 5432 ${scripts.user} 10\n$`));
  });

  test.each(['backup', 'restoreDrill', 'restore'] as const)(
    'has no mistake that bash finds in the text of %s',
    async (name) => {
      const outcome = await run(['bash', '-n'], { input: scripts[name] });

      expect(outcome).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    },
  );
});
