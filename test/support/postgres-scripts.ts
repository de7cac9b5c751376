import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { backupScript } from '../../src/constructs/postgres-scripts/backup-script.ts';
import { initSql } from '../../src/constructs/postgres-scripts/init-sql.ts';
import { probeCommands, type ProbeCommands } from '../../src/constructs/postgres-scripts/probe-commands.ts';
import { restoreDrillScript } from '../../src/constructs/postgres-scripts/restore-drill-script.ts';
import { restoreScript } from '../../src/constructs/postgres-scripts/restore-script.ts';
import { run, start, type Outcome, type PostgresServer, type Running } from './postgres.ts';

/** The texts that run in the cluster, and the two names in them that a test must know. */
export interface ScriptsUnderTest {
  readonly user: string;
  readonly database: string;
  /** A table that the init SQL makes, with a column `text`. */
  readonly table: string;
  readonly initSql: string;
  readonly backup: string;
  readonly restoreDrill: string;
  readonly restore: string;
  readonly probes: ProbeCommands;
}

/** The one place that says which texts the tests run. */
export function scriptsUnderTest(): ScriptsUnderTest {
  const user = 'ordersuser';
  const database = 'orders-dev';
  const table = 'orders';
  const host = 'dev-orders-db-svc';
  const statements = `CREATE TABLE orders (
  id SERIAL PRIMARY KEY,
  text VARCHAR(140) NOT NULL
);
INSERT INTO orders (text) VALUES ('the first order; it''s ready');`;
  return {
    user,
    database,
    table,
    initSql: initSql({ database, statements }),
    backup: backupScript({ host, user, keepDays: 7 }),
    restoreDrill: restoreDrillScript({ user, database, expectTables: [table], maxAgeHours: 2 }),
    restore: restoreScript({ host, user, database }),
    probes: probeCommands({ user, database }),
  };
}

/** A script's text in a file, as the cluster mounts it, and the environment it gets there. */
export interface ScriptRun {
  readonly text: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Starts a script with bash. */
export async function startScript(scratch: string, { text, env }: ScriptRun): Promise<Running> {
  return start(['bash', await asFile(scratch, text)], { env });
}

/** Runs a script with bash to its end. */
export async function runScript(scratch: string, script: ScriptRun): Promise<Outcome> {
  return (await startScript(scratch, script)).outcome;
}

/** Runs a script to its end while no file may grow beyond some kilobytes. */
export async function runScriptWithLimit(scratch: string, { text, env }: ScriptRun, kilobytes: number): Promise<Outcome> {
  return run(['bash', '-c', 'ulimit -f "$1" && exec bash "$2"', 'bash', String(kilobytes), await asFile(scratch, text)], { env });
}

/** Runs the init SQL as the image does: in the database `POSTGRES_DB`, stopping at the first error. */
export async function runInitSql(server: PostgresServer, text: string, database: string): Promise<Outcome> {
  const options = ['--no-psqlrc', '--no-password', '--quiet', '--set=ON_ERROR_STOP=1'];
  return run(['psql', ...options, `--dbname=${database}`, '--file=-'], { env: server.env, input: text });
}

let files = 0;

async function asFile(scratch: string, text: string): Promise<string> {
  files += 1;
  const file = path.join(scratch, `script-${files}.sh`);
  await writeFile(file, text, { mode: 0o444 });
  return file;
}
