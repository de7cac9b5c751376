import { GitFailure } from '../git/git-failure.ts';
import { OpsError, type Refusal } from '../ops-error.ts';

/** Says what a failure of git or the disk means for the ops repository, and what to do. */
export function unreadable(shown: string, error: unknown): OpsError {
  if (error instanceof OpsError) return error;
  const said = error instanceof Error ? error.message : String(error);
  return new OpsError('the ops repository could not be used', [describe(shown, error, said)], { cause: error });
}

/** Does something that reads the ops repository; what git or the disk has against it is said as {@link unreadable} says it. */
export async function explained<Result>(shown: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof GitFailure) throw unreadable(shown, error);
    throw error;
  }
}

function describe(shown: string, error: unknown, said: string): Refusal {
  const kind = error instanceof GitFailure ? (isOfThisDisk(error) ? 'not-writable' : error.kind) : diskFailure(error);
  switch (kind) {
    case 'no-git':
      return { code: 'no-git', what: said, next: 'install Git 2.30 or later: https://git-scm.com/downloads' };
    case 'unreachable':
      return {
        code: 'unreachable',
        what: `the ops repository ${shown} cannot be reached\n${said}`,
        next: 'check the address and your network, then run the same command again',
      };
    case 'timeout':
      return {
        code: 'timeout',
        what: `the ops repository ${shown} did not answer in time\n${said}`,
        next: 'run the same command again',
      };
    case 'denied':
      return {
        code: 'denied',
        what: `the ops repository ${shown} does not let you in, or refuses the write\n${said}`,
        next: /rule violations/i.test(said)
          ? 'look at the rule that it names; a change of a workflow is written by the workflow of the program, and a rollback goes without one with --with-current-program'
          : 'check your credentials and the rules of the branch',
      };
    case 'not-writable':
      return {
        code: 'denied',
        what: `the folder of the ops repository ${shown} cannot be read or written\n${said}`,
        next: 'give your account the right to read and write it, or run as its owner',
      };
    case 'in-the-way':
      return {
        code: 'in-the-way',
        what: `a file is where the folder of the ops repository ${shown} belongs\n${said}`,
        next: 'move that file away, then run the same command again',
      };
    case 'not-a-repository':
      return {
        code: 'not-a-repository',
        what: `there is no Git repository at ${shown}\n${said}`,
        next: 'check the address; "git init --bare FOLDER" makes a local one',
      };
    case 'disk-full':
      return {
        code: 'disk-full',
        what: `the disk is full; the branch is as it was\n${said}`,
        next: 'free some space, then run the same command again',
      };
    case 'locked':
    case 'kept':
      return {
        code: 'busy',
        what: `another process holds a lock in ${shown}\n${said}`,
        next: 'wait for it to end, then run the same command again',
      };
    case 'moved':
      return {
        code: 'busy',
        what: `somebody else moved the branch in ${shown}\n${said}`,
        next: 'run the same command again',
      };
    case 'other':
      return { code: 'git-failed', what: `git failed on the ops repository ${shown}\n${said}` };
  }
}

/** Whether it is this machine that forbids, not a host: what a host says, git marks. */
const isOfThisDisk = ({ kind, said }: GitFailure): boolean =>
  kind === 'denied' &&
  /^(?!remote:).*(?:insufficient permission|read-only file system|: permission denied$)/im.test(said);

function diskFailure(error: unknown): 'disk-full' | 'not-writable' | 'in-the-way' | 'other' {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'disk-full';
  if (code === 'ENOTDIR' || code === 'EEXIST') return 'in-the-way';
  return code === 'EACCES' || code === 'EPERM' || code === 'EROFS' ? 'not-writable' : 'other';
}
