import { LOG_OF_BRANCH, loggedCommits, type CommitAuthor } from './logged-commits.ts';
import { git } from './run-git.ts';

/** Finds, in one process, the commit of a branch that last changed each of these files. */
export async function lastChanges(
  gitDir: string,
  tip: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, CommitAuthor>> {
  const log = await git(['--literal-pathspecs', ...LOG_OF_BRANCH, '--stdin'], {
    gitDir,
    input: `${tip}\n--\n${paths.join('\n')}\n`,
  });
  const wanted = new Set(paths);
  const found = new Map<string, CommitAuthor>();
  for (const { files, ...by } of loggedCommits(log))
    for (const path of files) if (wanted.has(path) && !found.has(path)) found.set(path, by);
  return found;
}

/** Finds every commit of a branch that changed a file, newest first. */
export async function changesOf(gitDir: string, tip: string, path: string): Promise<readonly CommitAuthor[]> {
  const log = await git(['--literal-pathspecs', ...LOG_OF_BRANCH, '--end-of-options', tip, '--', path], { gitDir });
  return loggedCommits(log).map(({ files: _, ...by }) => by);
}
