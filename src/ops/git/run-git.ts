import { execa } from 'execa';
import { GitFailure, gitFailure } from './git-failure.ts';

/** Where a git command works. */
export interface GitPlace {
  /** Repository the command works on. @default - none, e.g. for `init` */
  readonly gitDir?: string;
  /** Folder the command runs in. @default - the process's own */
  readonly folder?: string;
}

/** One git command: its arguments as a list, never a shell line. */
export interface GitCall extends GitPlace {
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

/** The arguments of git for a command: at its place, and with the settings that are the same everywhere. */
export const gitArguments = ({ gitDir }: GitPlace, args: readonly string[]): readonly string[] => [
  '--no-pager',
  ...(gitDir === undefined ? [] : [`--git-dir=${gitDir}`]),
  ...FIXED_CONFIG,
  ...args,
];

/** How git is started, whatever the command. */
export const gitOptions = ({ folder }: GitPlace, environment: Readonly<Record<string, string>> = {}) =>
  ({
    ...(folder === undefined ? {} : { cwd: folder }),
    env: gitEnvironment(environment),
    extendEnv: false,
    encoding: 'buffer',
  }) as const;

/** How a process ended, as far as a failure tells it. */
interface Ending {
  readonly exitCode?: number | undefined;
  readonly code?: string | undefined;
  readonly signal?: string | undefined;
  readonly signalDescription?: string | undefined;
  readonly shortMessage?: string | undefined;
}

/** Why a git command that did not succeed did not, with what it wrote. */
export function failureOf(command: string, ending: Ending, said: string): GitFailure {
  if (ending.exitCode !== undefined)
    return gitFailure(command, said === '' ? `ended with exit code ${ending.exitCode}` : said);
  if (ending.code === 'ENOENT') return new GitFailure('no-git', command, 'git is not installed, or not on the PATH');
  const end =
    ending.signal === undefined
      ? (ending.shortMessage ?? '')
      : `was killed with ${ending.signal} (${ending.signalDescription ?? 'unknown'})`;
  return gitFailure(command, `${end}\n${said}`);
}

/**
 * Runs a git command and returns what it answered, whatever its exit code.
 *
 * @throws GitFailure when git is not there or did not end in time
 */
export async function askGit(args: readonly [string, ...string[]], call: GitCall = {}): Promise<GitAnswer> {
  const seconds = call.timeoutSeconds ?? 120;
  const result = await execa('git', gitArguments(call, args), {
    ...gitOptions(call, call.environment),
    input: call.input ?? '',
    stripFinalNewline: false,
    maxBuffer: 1024 ** 3,
    timeout: seconds * 1000,
    // What git has begun it may end: it moves a branch as a whole or not at all.
    cleanup: false,
    reject: false,
  });
  if (result.timedOut) throw new GitFailure('timeout', args[0], `did not end within ${seconds} s`);
  const stderr = Buffer.from(result.stderr).toString('utf8');
  if (result.exitCode === undefined) throw failureOf(args[0], result, stderr);
  return { exitCode: result.exitCode, stdout: Buffer.from(result.stdout), stderr };
}

/**
 * Runs a git command that must succeed and returns what it wrote.
 *
 * @throws GitFailure with what git said, without credentials
 */
export async function git(args: readonly [string, ...string[]], call: GitCall = {}): Promise<Buffer> {
  const answer = await askGit(args, call);
  if (answer.exitCode !== 0) throw failureOf(args[0], answer, answer.stderr);
  return answer.stdout;
}
