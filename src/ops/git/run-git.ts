import { execa } from 'execa';
import { GitFailure, gitFailure } from './git-failure.ts';

/** One git command: its arguments as a list, never a shell line. */
export interface GitCall {
  /** Repository the command works on. @default - none, e.g. for `init` */
  readonly gitDir?: string;
  /** Folder the command runs in. @default - the process's own */
  readonly folder?: string;
  /** What the command reads. @default - nothing */
  readonly input?: string | Uint8Array;
  /** Further environment variables, e.g. `GIT_INDEX_FILE`. @default - none */
  readonly environment?: Readonly<Record<string, string>>;
  /** @default 120 */
  readonly timeoutSeconds?: number;
}

/** What a git command answered. */
export interface GitAnswer {
  readonly exitCode: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Settings of a person's own Git that must not change what is written. Credentials, proxies and certificates stay theirs. */
const FIXED_CONFIG = [
  ['core.hooksPath', '/dev/null'],
  ['core.quotePath', 'true'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
  ['fastimport.unpackLimit', '100'],
  ['push.followTags', 'false'],
  ['push.gpgSign', 'false'],
  ['push.recurseSubmodules', 'no'],
  ['fetch.recurseSubmodules', 'no'],
  ['advice.detachedHead', 'false'],
  ['protocol.ext.allow', 'never'],
].flatMap(([key, value]) => ['-c', `${key ?? ''}=${value ?? ''}`]);

/** Variables of Git that say how to reach a host; those that point at a repository (as inside a hook) are dropped. */
const KEPT_VARIABLES =
  /^GIT_(?:SSH|SSH_COMMAND|SSH_VARIANT|ASKPASS|SSL_.*|PROXY_.*|HTTP_.*|CONFIG_GLOBAL|CONFIG_SYSTEM|CONFIG_NOSYSTEM|CONFIG_COUNT|CONFIG_KEY_\d+|CONFIG_VALUE_\d+|EXEC_PATH|ALLOW_PROTOCOL|CEILING_DIRECTORIES)$/;

function gitEnvironment(extra: Readonly<Record<string, string>>): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && (!entry[0].startsWith('GIT_') || KEPT_VARIABLES.test(entry[0])),
  );
  return {
    ...Object.fromEntries(inherited),
    LC_ALL: 'C',
    LANGUAGE: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    ...extra,
  };
}

/**
 * Runs a git command and returns what it answered, whatever its exit code.
 *
 * @throws GitFailure when git is not there or did not end in time
 */
export async function askGit(args: readonly [string, ...string[]], call: GitCall = {}): Promise<GitAnswer> {
  const where = call.gitDir === undefined ? [] : [`--git-dir=${call.gitDir}`];
  const seconds = call.timeoutSeconds ?? 120;
  const result = await execa('git', ['--no-pager', ...where, ...FIXED_CONFIG, ...args], {
    ...(call.folder === undefined ? {} : { cwd: call.folder }),
    env: gitEnvironment(call.environment ?? {}),
    extendEnv: false,
    input: call.input ?? '',
    encoding: 'buffer',
    stripFinalNewline: false,
    maxBuffer: 1024 ** 3,
    timeout: seconds * 1000,
    // What git has begun it may end: it moves a branch as a whole or not at all.
    cleanup: false,
    reject: false,
  });
  if (result.timedOut) throw new GitFailure('timeout', args[0], `did not end within ${seconds} s`);
  const stderr = Buffer.from(result.stderr).toString('utf8');
  if (result.exitCode === undefined) {
    if (result.code === 'ENOENT') throw new GitFailure('no-git', args[0], 'git is not installed, or not on the PATH');
    const end =
      result.signal === undefined
        ? result.shortMessage
        : `was killed with ${result.signal} (${result.signalDescription ?? 'unknown'})`;
    throw gitFailure(args[0], `${end}\n${stderr}`);
  }
  return { exitCode: result.exitCode, stdout: Buffer.from(result.stdout), stderr };
}

/**
 * Runs a git command that must succeed and returns what it wrote.
 *
 * @throws GitFailure with what git said, without credentials
 */
export async function git(args: readonly [string, ...string[]], call: GitCall = {}): Promise<Buffer> {
  const answer = await askGit(args, call);
  if (answer.exitCode !== 0)
    throw gitFailure(args[0], answer.stderr === '' ? `ended with exit code ${answer.exitCode}` : answer.stderr);
  return answer.stdout;
}
