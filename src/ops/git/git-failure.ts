import { redactCredentials } from './redact-credentials.ts';

/** What a failed git command means for the caller. */
export type GitFailureKind =
  /** Somebody else moved the branch first. */
  | 'moved'
  /** Another process holds a lock of the repository. */
  | 'locked'
  /** A pack is marked as one to keep, by a process that works or by one that was killed. */
  | 'kept'
  | 'unreachable'
  | 'denied'
  | 'not-a-repository'
  | 'disk-full'
  | 'no-git'
  | 'timeout'
  | 'other';

/** A git command that failed, with what git said and no credential in it. */
export class GitFailure extends Error {
  constructor(
    readonly kind: GitFailureKind,
    /** The command's name, e.g. `push`. */
    readonly command: string,
    /** What git wrote, without credentials. */
    readonly said: string,
  ) {
    super(`git ${command}: ${said === '' ? kind : said}`);
    this.name = 'GitFailure';
  }
}

/** The first match decides, so what names a cause stands before what git says of every failure. */
const patterns: readonly (readonly [GitFailureKind, RegExp])[] = [
  ['disk-full', /no space left on device|disk quota exceeded|ENOSPC|file too (?:large|big)/i],
  ['kept', /cannot create keep file: file exists/i],
  [
    'locked',
    /unable to create '[^']*\.lock'(?!: (?:permission denied|read-only))|another git process seems to be running|unable to lock/i,
  ],
  [
    'moved',
    /\[rejected\]|non-fast-forward|fetch first|stale info|but expected|reference already exists|incorrect old value|failed to update ref|cannot lock ref '[^']*': (?:is at|reference|unable to resolve)/i,
  ],
  [
    'denied',
    /authentication failed|permission denied|could not read (?:username|password)|access denied|error: 40[13]|not authorized|protected branch|rule violations|hook declined|pre-receive|dubious ownership|host key verification failed|insufficient permission|read-only file system|terminal prompts disabled/i,
  ],
  [
    'unreachable',
    /could not resolve host|couldn't connect|failed to connect|connection (?:refused|reset|timed out|closed)|network is unreachable|timed out|early eof|remote end hung up|unable to access|returned error: 5\d\d|http 5\d\d|unexpected disconnect|no route to host|operation too slow/i,
  ],
  [
    'not-a-repository',
    /not a git repository|repository '?[^']*'? ?not found|repository not found|does not appear to be a git repository|does not exist|no such file or directory/i,
  ],
];

/** Reads out of git's own words what a failure means. git must have spoken English (`LC_ALL=C`). */
export function classifyGitFailure(said: string): GitFailureKind {
  return patterns.find(([, pattern]) => pattern.test(said))?.[0] ?? 'other';
}

/** Makes a failure out of what git wrote. */
export function gitFailure(command: string, said: string): GitFailure {
  const clean = redactCredentials(said.trim());
  return new GitFailure(classifyGitFailure(clean), command, clean);
}
