import { GitFailure } from '../git/git-failure.ts';
import { askGit } from '../git/run-git.ts';
import { ancestryIn, type Ancestry } from './ancestry.ts';

/** The program that renders: which commit of it, and whether others can get the same. */
export interface Program {
  /** Commit that is checked out. @default - not in a Git repository, or nothing committed yet */
  readonly commit?: string;
  /** Whether files differ from the commit. */
  readonly uncommitted: boolean;
  /** Whether the commit is on the default branch. */
  readonly merged: boolean;
  /** Ancestry of the program's commits. */
  readonly ancestry: Ancestry;
}

/** Where the program lies. */
export interface ProgramLocation {
  readonly folder: string;
  /** Branch that reviewed commits are on. @default 'main' */
  readonly defaultBranch?: string;
}

/** Reads which commit of the program is checked out in a folder. */
export async function readProgram({ folder, defaultBranch = 'main' }: ProgramLocation): Promise<Program> {
  const ancestry = ancestryIn(folder);
  const commit = await revision(folder, 'HEAD');
  if (commit === undefined) return { uncommitted: true, merged: false, ancestry };
  const [status, remote, local] = await Promise.all([
    askGit(['status', '--porcelain', '--untracked-files=normal', '--', '.'], { folder }),
    revision(folder, `refs/remotes/origin/${defaultBranch}`),
    revision(folder, `refs/heads/${defaultBranch}`),
  ]);
  const reviewed = remote ?? local;
  const relation = reviewed === undefined ? 'unknown' : await ancestry.relate(commit, reviewed);
  return {
    commit,
    uncommitted: status.exitCode !== 0 || status.stdout.length > 0,
    merged: relation === 'same' || relation === 'older',
    ancestry,
  };
}

async function revision(folder: string, name: string): Promise<string | undefined> {
  try {
    const answer = await askGit(['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`], {
      folder,
    });
    return answer.exitCode === 0 ? answer.stdout.toString('utf8').trim() : undefined;
  } catch (error) {
    if (error instanceof GitFailure && error.kind === 'no-git') return undefined;
    throw error;
  }
}
