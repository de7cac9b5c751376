import { git } from './run-git.ts';

/** The commit that last changed a file, and who made it. */
export interface FileAuthor {
  readonly commit: string;
  /** Name and address, as Git writes them. */
  readonly author: string;
  /** When, in UTC. */
  readonly at: string;
}

/** Finds, in one process, the commit of a branch that last changed each of these files. */
export async function lastChanges(
  gitDir: string,
  tip: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, FileAuthor>> {
  const found = new Map<string, FileAuthor>();
  const wanted = new Set(paths);
  const format = '%x1e%H%x00%an <%ae>%x00%cI%x00';
  const log = await git(
    [
      '--literal-pathspecs',
      'log',
      '--first-parent',
      '-m',
      '--no-renames',
      '--name-only',
      '-z',
      `--format=${format}`,
      '--stdin',
    ],
    {
      gitDir,
      input: `${tip}\n--\n${paths.join('\n')}\n`,
    },
  );
  for (const entry of log.toString('utf8').split('\x1e').slice(1)) {
    const [commit = '', author = '', date = '', ...names] = entry.split('\0');
    for (const name of names) {
      const path = name.replace(/^\n+/, '');
      if (wanted.has(path) && !found.has(path)) found.set(path, { commit, author, at: new Date(date).toISOString() });
    }
  }
  return found;
}

/** Finds every commit of a branch that changed a file, newest first. */
export async function changesOf(gitDir: string, tip: string, path: string): Promise<readonly FileAuthor[]> {
  const log = await git(
    [
      '--literal-pathspecs',
      'log',
      '--first-parent',
      '-m',
      '--no-renames',
      '-z',
      '--format=%H%x00%an <%ae>%x00%cI',
      '--end-of-options',
      tip,
      '--',
      path,
    ],
    { gitDir },
  );
  const parts = log.toString('utf8').split('\0');
  return parts.flatMap((commit, i) =>
    i % 3 === 0 && commit !== ''
      ? [{ commit, author: parts[i + 1] ?? '', at: new Date(parts[i + 2] ?? 0).toISOString() }]
      : [],
  );
}
