import { askGit } from '../git/run-git.ts';
import { askRemote, gitFor, isShallow, revisionIn, wholeHistory } from './clone.ts';

/** Why a commit counts as not on the default branch although it may be. */
export interface UnmergedCause {
  /** As a sentence. */
  readonly what: string;
  /** What to do, after which the same command goes on or says more. */
  readonly next: string;
}

/** A commit, and what its clone has of the default branch. */
export interface UnmergedCommit {
  readonly folder: string;
  readonly commit: string;
  /** As the model says. */
  readonly defaultBranch: string;
  /** Commit of that branch at the remote, as this clone knows it. */
  readonly remote: string | undefined;
  /** Commit of that branch in this clone. */
  readonly local: string | undefined;
  /** Name of the repository in the model. */
  readonly repository: string | undefined;
}

/**
 * Finds out whether a commit that is not on the default branch, as its clone knows it, may be there all the same: the default branch is another than
 * the model says, the history is cut off, or the clone is behind its remote.
 */
export async function whyUnmerged(it: UnmergedCommit): Promise<UnmergedCause | undefined> {
  const { folder, commit, defaultBranch, remote, local, repository } = it;
  const git = gitFor(folder);
  const there = await askRemote(folder);
  const actual = there?.defaultBranch ?? (await knownDefault(folder));
  const isThere = there?.tips.has(defaultBranch) ?? (remote ?? local) !== undefined;
  if (actual !== undefined && actual !== defaultBranch && (!isThere || (await isOn(folder, commit, actual)))) {
    const place = repository === undefined ? 'the repository that holds the program' : `repositories "${repository}"`;
    return {
      what: `the model says that the default branch of the program's repository is "${defaultBranch}", and its remote says "${actual}"`,
      next: `write defaultBranch: '${actual}' at ${place} in project.ts`,
    };
  }
  if (await isShallow(folder))
    return {
      what: `this clone is shallow, so nobody knows whether the program's commit ${commit.slice(0, 12)} is on ${defaultBranch}`,
      next: wholeHistory(git),
    };
  const tip = there?.tips.get(defaultBranch);
  if (tip !== undefined && tip !== remote)
    return {
      what: `the program's commit ${commit.slice(0, 12)} is not on ${defaultBranch} as this clone knows it, and the clone is behind its remote`,
      next: `run "${git} fetch origin +refs/heads/${defaultBranch}:refs/remotes/origin/${defaultBranch}" and the same command again`,
    };
  return undefined;
}

/** Name of the remote's default branch when it was cloned. */
async function knownDefault(folder: string): Promise<string | undefined> {
  const head = await revisionIn(folder, 'refs/remotes/origin/HEAD');
  if (head === undefined) return undefined;
  const { stdout } = await askGit(['symbolic-ref', '--quiet', 'refs/remotes/origin/HEAD'], { folder });
  return /^refs\/remotes\/origin\/(.+)$/.exec(stdout.toString('utf8').trim())?.[1];
}

async function isOn(folder: string, commit: string, branch: string): Promise<boolean> {
  const tip = await revisionIn(folder, `refs/remotes/origin/${branch}`);
  if (tip === undefined) return false;
  const answer = await askGit(['merge-base', '--is-ancestor', '--end-of-options', commit, tip], { folder });
  return answer.exitCode === 0;
}
