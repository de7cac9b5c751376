import { RequestError } from '@octokit/request-error';
import { whyUnreachable } from '../http/why-unreachable.ts';
import { everyItem, openGitHub, type GitHubApi } from './github-client.ts';
import { limitOf } from './github-failure.ts';

/** What somebody says of a commit at GitHub. */
export interface CommitStatus {
  /** What it is about, e.g. `flux/shop-dev`. */
  readonly context: string;
  /** `success`, `failure`, `error` or `pending`. */
  readonly state: string;
  /** A sentence of whoever says it. */
  readonly description: string;
  /** Login of whoever says it; that of an app ends with `[bot]`. */
  readonly by: string;
}

/** Why GitHub did not show what is said of a commit, in a sentence without a full stop. */
export class NoStatuses extends Error {}

/**
 * Everything that is said of a commit, the newest first.
 *
 * @throws NoStatuses where GitHub does not answer, or not to this token
 */
export async function commitStatuses(
  { owner, repository: repo, ...api }: GitHubApi & { readonly owner: string; readonly repository: string },
  commit: string,
): Promise<readonly CommitStatus[]> {
  const github = await openGitHub(api);
  try {
    const first = await github.repeated(() =>
      github.request('GET /repos/{owner}/{repo}/commits/{ref}/statuses', { owner, repo, ref: commit, per_page: 100 }),
    );
    return (await everyItem(github, first)).map(({ context, state, description, creator }) => ({
      context,
      state,
      description: description ?? '',
      by: creator?.login ?? '',
    }));
  } catch (error) {
    throw new NoStatuses(whyNone(`${owner}/${repo}`, error), { cause: error });
  }
}

function whyNone(repository: string, error: unknown): string {
  if (!(error instanceof RequestError) || error.response === undefined)
    return `GitHub did not answer for ${repository} (${whyUnreachable(error).why})`;
  const pause = limitOf(error);
  if (pause !== undefined) return `GitHub takes no more requests for ${repository} for now; ask again ${pause}`;
  if (error.status >= 500) return `GitHub did not answer for ${repository} (${error.status})`;
  return `the token may not read the commit statuses of ${repository} (${error.status}); give it "commit statuses: read" there`;
}
