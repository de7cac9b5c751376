import { readFileAt } from '../git/read-blobs.ts';
import type { OpsContext } from '../ops-context.ts';
import { readReleaseRecord } from '../release/read-release-record.ts';
import { RELEASE_FILE, type ReleaseRecord } from '../release/release-record.ts';
import type { PullRequest, PullRequests } from '../../hosts/pull-requests.ts';

/** An open pull request of this program, with the release it proposes. */
export interface OpenProposal {
  readonly pullRequest: PullRequest;
  /** Commit of its branch. @default - the branch is gone */
  readonly tip?: string;
  /** @default - the branch is gone, or holds no release that can be read */
  readonly record?: ReleaseRecord;
}

/** Open pull requests into a branch, with the releases they propose; those of people are left out. */
export async function openProposals(
  { repository }: OpsContext,
  pullRequests: PullRequests,
  base: string,
): Promise<readonly OpenProposal[]> {
  const folder = base.replace(/^env\//, 'promote/').concat('/');
  const open = (await pullRequests.listOpen(base)).filter(({ head }) => head.startsWith(folder));
  return Promise.all(
    open.map(async (pullRequest) => {
      const tip = await repository.tip(pullRequest.head);
      const text = tip === undefined ? undefined : await readFileAt(repository.gitDir, tip, RELEASE_FILE);
      const record = text === undefined ? undefined : readable(text);
      return { pullRequest, ...(tip === undefined ? {} : { tip }), ...(record === undefined ? {} : { record }) };
    }),
  );
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
