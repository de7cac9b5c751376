import { git } from './run-git.ts';

/** A commit of a branch, and the files that it changed. */
export interface CommitFiles {
  readonly commit: string;
  /** Name and address, as Git writes them. */
  readonly author: string;
  /** When, in UTC. */
  readonly at: string;
  readonly files: readonly string[];
}

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
  const log = await git(
    [
      'log',
      '--first-parent',
      '-m',
      '--no-renames',
      '--name-only',
      '-z',
      '--format=%x1e%H%x00%an <%ae>%x00%cI%x00',
      '--end-of-options',
      tip,
      ...(after === undefined ? [] : [`^${after}`]),
      '--',
    ],
    { gitDir },
  );
  return log
    .toString('utf8')
    .split('\x1e')
    .slice(1)
    .map((entry) => {
      const [commit = '', author = '', date = '', ...names] = entry.split('\0');
      const files = names.map((name) => name.replace(/^\n+/, '')).filter((name) => name !== '');
      return { commit, author, at: new Date(date).toISOString(), files };
    })
    .reverse();
}
