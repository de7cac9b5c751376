import { RequestError } from '@octokit/request-error';
import type { PullRequest, PullRequests } from '../../hosts/pull-requests.ts';
import { everyItem, openGitHub, type GitHubApi, type GitHubClient } from './github-client.ts';
import { gitHubFailure } from './github-failure.ts';

/** Which repository, and how to reach its API; the token is that of the promotion app's installation. */
export interface GitHubAccess extends GitHubApi {
  /** e.g. `acme`. */
  readonly owner: string;
  /** e.g. `shop-ops`. */
  readonly repository: string;
  readonly token: string;
}

/**
 * Pull requests through GitHub's API, with its own throttling and with retries. What a lost answer may have done is looked up
 * before it is done again, so that running a command twice leaves one pull request.
 */
export function gitHubPullRequests({ owner, repository: repo, ...api }: GitHubAccess): PullRequests {
  const at = { owner, repo };
  let opened: Promise<GitHubClient> | undefined;
  const client = (): Promise<GitHubClient> => (opened ??= openGitHub(api));

  const repeated = async <T>(what: string, work: (client: GitHubClient) => Promise<T>): Promise<T> => {
    const github = await client();
    return github
      .repeated(() => work(github))
      .catch((error: unknown) => {
        throw gitHubFailure(what, `${owner}/${repo}`, error);
      });
  };

  const list = async (github: GitHubClient, base?: string): Promise<readonly PullRequest[]> => {
    const first = await github.request('GET /repos/{owner}/{repo}/pulls', {
      ...at,
      ...(base === undefined ? {} : { base }),
      state: 'open',
      sort: 'created',
      direction: 'asc',
      per_page: 100,
    });
    return (await everyItem(github, first)).filter(isOwn).map(pullRequestOf);
  };

  return {
    // An app's installation is nobody, and a host that is down must not stop what needs no name.
    whoAmI: () =>
      client()
        .then(({ request }) => request('GET /user'))
        .then(
          ({ data }) => data.login,
          () => undefined,
        ),

    listOpen: (base) => repeated('the open pull requests could not be listed', (github) => list(github, base)),

    newestDeclined: (head, base) =>
      repeated('the closed pull requests could not be listed', async (github) => {
        const { data } = await github.request('GET /repos/{owner}/{repo}/pulls', {
          ...at,
          head: `${owner}:${head}`,
          base,
          state: 'closed',
          sort: 'created',
          direction: 'desc',
          per_page: 100,
        });
        const declined = data.find((closed) => closed.merged_at === null && isOwn(closed));
        return declined === undefined ? undefined : pullRequestOf(declined);
      }),

    ensure: (head, base, text) =>
      repeated('the pull request could not be opened', async (github) => {
        const present = (await list(github, base)).find((open) => open.head === head);
        if (present !== undefined)
          return pullRequestOf(
            (
              await github.request('PATCH /repos/{owner}/{repo}/pulls/{pull_number}', {
                ...at,
                pull_number: present.number,
                ...text,
              })
            ).data,
          );
        try {
          return pullRequestOf(
            (
              await github.request('POST /repos/{owner}/{repo}/pulls', {
                ...at,
                head,
                base,
                ...text,
                maintainer_can_modify: false,
              })
            ).data,
          );
        } catch (error) {
          const made =
            error instanceof RequestError && error.status === 422
              ? (await list(github, base)).find((open) => open.head === head)
              : undefined;
          if (made === undefined) throw error;
          return made;
        }
      }),

    close: ({ number }, comment) =>
      repeated(`pull request #${number} could not be closed`, async (github) => {
        const one = { ...at, pull_number: number };
        const { data } = await github.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', one);
        if (data.state === 'closed') return;
        const issue = { ...at, issue_number: number };
        const route = '/repos/{owner}/{repo}/issues/{issue_number}/comments';
        const comments = await everyItem(github, await github.request(`GET ${route}`, { ...issue, per_page: 100 }));
        if (!comments.some(({ body }) => body === comment))
          await github.request(`POST ${route}`, { ...issue, body: comment });
        await github.request('PATCH /repos/{owner}/{repo}/pulls/{pull_number}', { ...one, state: 'closed' });
      }),
  };
}

/** The part of GitHub's answer that is used. */
interface Answer {
  readonly number: number;
  readonly html_url: string;
  readonly head: { readonly ref: string; readonly repo: { readonly id: number | bigint } | null };
  readonly base: { readonly ref: string; readonly repo: { readonly id: number | bigint } };
}

/** Whether its branch lies in the repository itself: anybody's fork may have a branch of the same name. */
const isOwn = ({ head, base }: Answer): boolean => head.repo?.id === base.repo.id;

const pullRequestOf = ({ number, html_url, head, base }: Answer): PullRequest => ({
  number,
  url: html_url,
  head: head.ref,
  base: base.ref,
});
