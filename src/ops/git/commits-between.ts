import { LOG_OF_BRANCH, loggedCommits, type CommitFiles } from './logged-commits.ts';
import { git } from './run-git.ts';

/**
 * The commits of a branch after one of it, oldest first.
 *
 * @param after - @default - from the first one
 */
export async function commitsBetween(
  gitDir: string,
  after: string | undefined,
  tip: string,
): Promise<readonly CommitFiles[]> {
  const range = [tip, ...(after === undefined ? [] : [`^${after}`])];
  return loggedCommits(await git([...LOG_OF_BRANCH, '--end-of-options', ...range, '--'], { gitDir })).toReversed();
}
