import { readFileAt } from '../git/read-blobs.ts';
import { askGit } from '../git/run-git.ts';
import type { OpsContext } from '../ops-context.ts';
import { readReleaseRecord } from '../release/read-release-record.ts';
import { RELEASE_FILE, type ReleaseRecord } from '../release/release-record.ts';
import type { PullRequest, PullRequests } from '../../hosts/pull-requests.ts';
import { proposalFolder } from '../leftovers/proposal-folder.ts';
import type { Unit } from '../../model/derived/units.ts';

/** An open pull request of this program, with the release it proposes. */
export interface OpenProposal {
  readonly pullRequest: PullRequest;
  /** Commit of its branch. @default - the branch is gone */
  readonly tip?: string;
  /** @default - the branch is gone, or holds no release that can be read */
  readonly record?: ReleaseRecord;
}

/**
 * Open pull requests into a unit's branch, with the releases they propose; those of people are left out, also where a person gave the branch a name
 * like ours: every proposal of ours writes `release.yaml`.
 *
 * @param look - whether the branches are fetched anew, once it is known which are open @default 'as known'
 */
export async function openProposals(
  { repository }: OpsContext,
  pullRequests: PullRequests,
  unit: Unit,
  look: 'as known' | 'again' = 'as known',
): Promise<readonly OpenProposal[]> {
  const [base, folder] = [unit.branch, proposalFolder(unit)];
  const open = (await pullRequests.listOpen(base)).filter(({ head }) => head.startsWith(folder));
  if (look === 'again') await repository.refresh();
  const onto = await repository.tip(base);
  const all = await Promise.all(
    open.map(async (pullRequest): Promise<OpenProposal | undefined> => {
      const tip = await repository.tip(pullRequest.head);
      const text = tip === undefined ? undefined : await readFileAt(repository.gitDir, tip, RELEASE_FILE);
      if (tip === undefined || text === undefined) return { pullRequest, ...(tip === undefined ? {} : { tip }) };
      if (text === (await recordWhereTheyPart(repository.gitDir, tip, onto))) return undefined;
      const record = readable(text);
      return { pullRequest, tip, ...(record === undefined ? {} : { record }) };
    }),
  );
  return all.filter((proposal) => proposal !== undefined);
}

/** `release.yaml` of the commit in which a proposal left the branch that it is to get into. */
async function recordWhereTheyPart(gitDir: string, tip: string, onto = tip): Promise<string | undefined> {
  const { exitCode, stdout } = await askGit(['merge-base', '--end-of-options', tip, onto], { gitDir });
  return exitCode === 0 ? readFileAt(gitDir, stdout.toString('utf8').trim(), RELEASE_FILE) : undefined;
}

function readable(text: string): ReleaseRecord | undefined {
  try {
    return readReleaseRecord(text);
  } catch {
    return undefined;
  }
}

/** Closes a pull request of this program, says why, and removes its branch. */
export async function closeProposal(
  { repository }: OpsContext,
  pullRequests: PullRequests,
  { pullRequest, tip }: OpenProposal,
  comment: string,
): Promise<void> {
  await pullRequests.close(pullRequest, comment);
  if (tip !== undefined) await repository.remove(pullRequest.head, tip);
}
