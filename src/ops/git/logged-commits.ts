/** Who made a commit, and when. */
export interface CommitAuthor {
  readonly commit: string;
  /** Name and address, as Git writes them. */
  readonly author: string;
  /** When, in UTC. */
  readonly at: string;
}

/** A commit of a branch, and the files that it changed. */
export interface CommitFiles extends CommitAuthor {
  readonly files: readonly string[];
}

/** What `git log` is asked with, so that {@link loggedCommits} can read its answer: a merge counts as what it brings to the branch. */
export const LOG_OF_BRANCH = [
  'log',
  '--first-parent',
  '-m',
  '--no-renames',
  '--name-only',
  '-z',
  '--format=%x1e%H%x00%an <%ae>%x00%cI%x00',
] as const;

/** The commits that `git log` wrote with {@link LOG_OF_BRANCH}, newest first. */
export const loggedCommits = (log: Buffer): readonly CommitFiles[] =>
  log
    .toString('utf8')
    .split('\x1e')
    .slice(1)
    .map((entry) => {
      const [commit = '', author = '', date = '', ...names] = entry.split('\0');
      const files = names.map((name) => name.replace(/^\n+/, '')).filter((name) => name !== '');
      return { commit, author, at: new Date(date).toISOString(), files };
    });
