import { GitFailure } from './git-failure.ts';
import { git } from './run-git.ts';

const OLDEST = [2, 30] as const;
let known: Promise<void> | undefined;

/**
 * Makes sure that a git that can do what is asked of it is on the PATH; asks once per process.
 *
 * @throws GitFailure when there is none, or one that is older than 2.30
 */
export async function requireGit(): Promise<void> {
  known ??= checkVersion();
  try {
    await known;
  } catch (error) {
    known = undefined;
    throw error;
  }
}

async function checkVersion(): Promise<void> {
  const answer = (await git(['version'])).toString('utf8').trim();
  const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/.exec(answer) ?? [];
  const isOld = Number(major) < OLDEST[0] || (Number(major) === OLDEST[0] && Number(minor) < OLDEST[1]);
  if (isOld)
    throw new GitFailure('no-git', 'version', `git ${OLDEST.join('.')} or later is needed, this is "${answer}"`);
}
