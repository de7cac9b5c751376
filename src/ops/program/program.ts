import { askGit } from '../git/run-git.ts';
import { ancestryIn, type Ancestry } from './ancestry.ts';
import { gitFor, revisionsIn } from './clone.ts';
import { whyUnmerged, type UnmergedCause } from './unmerged-cause.ts';

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
  /** The default branch, as this clone knows it. @default - it knows none */
  readonly reviewed?: ReviewedBranch;
  /** Why the commit counts as not merged; nothing where it simply is not. @default - nobody knows why */
  readonly whyUnmerged?: () => Promise<UnmergedCause | undefined>;
}

/** The branch that reviewed commits are on. */
export interface ReviewedBranch {
  /** e.g. `origin/main`. */
  readonly ref: string;
  readonly commit: string;
  /** What checks it out, e.g. `git checkout origin/main`. */
  readonly checkOut: string;
}

/** Where the program lies. */
export interface ProgramLocation {
  readonly folder: string;
  /** Branch that reviewed commits are on. @default 'main' */
  readonly defaultBranch?: string;
  /** The repository that the model says it lies in. @default - the model says none */
  readonly repository?: { readonly name: string; readonly url: string };
}

/** Reads which commit of the program is checked out in a folder. */
export async function readProgram({ folder, defaultBranch = 'main', repository }: ProgramLocation): Promise<Program> {
  const ancestry = ancestryIn(folder, repository?.url);
  const branches = [`refs/remotes/origin/${defaultBranch}`, `refs/heads/${defaultBranch}`];
  const [commit, remote, local] = await revisionsIn(folder, ['HEAD', ...branches]);
  if (commit === undefined) return { uncommitted: true, merged: false, ancestry };
  const status = await askGit(['status', '--porcelain', '--untracked-files=normal', '--', '.'], { folder });
  const tip = remote ?? local;
  const relation = tip === undefined ? 'unknown' : await ancestry.relate(commit, tip);
  const ref = remote === undefined ? defaultBranch : `origin/${defaultBranch}`;
  return {
    commit,
    uncommitted: status.exitCode !== 0 || status.stdout.length > 0,
    merged: relation === 'same' || relation === 'older',
    ancestry,
    ...(tip === undefined ? {} : { reviewed: { ref, commit: tip, checkOut: `${gitFor(folder)} checkout ${ref}` } }),
    whyUnmerged: () => whyUnmerged({ folder, commit, defaultBranch, remote, local, repository: repository?.name }),
  };
}
