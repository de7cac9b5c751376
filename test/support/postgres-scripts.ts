import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ProbeCommands } from '../../src/databases/postgresql/scripts/probe-commands.ts';
import { run, start, type Outcome, type PostgresServer, type Running } from './postgres.ts';
import { RenderedManifests } from './rendered-project.ts';

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

/** The texts that run in production, taken from the rendered manifests: what each container's command finds at the path it names. */
export function scriptsUnderTest(): ScriptsUnderTest {
  const manifests = new RenderedManifests('production');
  const server = 'StatefulSet/production-postgresql-db';
  const { readinessProbe, livenessProbe, startupProbe } = manifests.container(server, 'postgresql-db');
  const { POSTGRES_USER: user = '', POSTGRES_DB: database = '' } = manifests.data('production-postgres-db-config');
  const script = (job: string, container: string): string => {
    const [, path = ''] = manifests.container(`CronJob/${job}`, container).command ?? [];
    return manifests.fileIn(`CronJob/${job}`, container, path);
  };
  return {
    user,
    database,
    table: 'todos',
    initSql: manifests.fileIn(server, 'postgresql-db', '/docker-entrypoint-initdb.d/init.sql'),
    backup: script('production-postgres-backup', 'postgres-backup'),
    restoreDrill: script('production-postgres-backup-restore-drill', 'restore-drill'),
    restore: script('production-postgres-backup-restore', 'restore'),
    probes: {
      startup: startupProbe?.exec?.command ?? [],
      readiness: readinessProbe?.exec?.command ?? [],
      liveness: livenessProbe?.exec?.command ?? [],
    },
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
export async function runScriptWithLimit(
  scratch: string,
  { text, env }: ScriptRun,
  kilobytes: number,
): Promise<Outcome> {
  return run(
    ['bash', '-c', 'ulimit -f "$1" && exec bash "$2"', 'bash', String(kilobytes), await asFile(scratch, text)],
    { env },
  );
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
