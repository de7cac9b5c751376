import { Octokit, RequestError } from 'octokit';
import pRetry from 'p-retry';
import { repositoryAddress } from '../../model/formats/repository-address.ts';
import { hostOf } from '../../model/host.ts';
import { gitHubFailure } from './github-failure.ts';
import type { PullRequest, PullRequests } from './pull-requests.ts';

/** Which repository, and how to reach its API. */
export interface GitHubAccess {
  /** e.g. `acme`. */
  readonly owner: string;
  /** e.g. `shop-ops`. */
  readonly repository: string;
  /** Token of the promotion app's installation; never printed. */
  readonly token: string;
  /** @default 'https://api.github.com' */
  readonly baseUrl?: string;
  /** Further tries after an answer of 5xx or a lost connection. @default 3 */
  readonly retries?: number;
  /** Milliseconds before one request is given up. @default 20000 */
  readonly timeoutMs?: number;
  /** Whether writes are spaced out as GitHub asks, seconds apart; a server of one's own need not. @default true */
  readonly throttled?: boolean;
}

/** Longest pause that GitHub may ask for and a command waits by itself. */
const PATIENCE_SECONDS = 60;

/**
 * The owner and name behind an address, in https or in ssh, of GitHub.
 *
 * @param host - name of the server, with its port @default 'github.com'
 */
export function gitHubRepository(
  address: string,
  host?: string,
): { readonly owner: string; readonly repository: string } | undefined {
  const found = hostOf(address, host) === 'github' ? repositoryAddress(address) : undefined;
  return found?.path.split('/').length === 2 ? { owner: found.owner, repository: found.name } : undefined;
}

/**
 * Pull requests through GitHub's API, with its own throttling and retries. What a lost answer may have done is looked up
 * before it is done again, so that running a command twice leaves one pull request.
 */
export function gitHubPullRequests({
  owner,
  repository: repo,
  token,
  baseUrl,
  retries = 3,
  timeoutMs = 20_000,
  throttled = true,
}: GitHubAccess): PullRequests {
  const isWorthWaiting = (seconds: number, _options: object, _octokit: unknown, count: number): boolean =>
    count < retries && seconds <= PATIENCE_SECONDS;
  const octokit = new Octokit({
    auth: token,
    ...(baseUrl === undefined ? {} : { baseUrl }),
    request: {
      fetch: (url: string, init: RequestInit) => fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) }),
    },
    log: { debug: ignore, info: ignore, warn: ignore, error: ignore },
    // A request that creates something is never repeated blindly: `ensure` looks first.
    retry: { enabled: false },
    throttle: { enabled: throttled, onRateLimit: isWorthWaiting, onSecondaryRateLimit: isWorthWaiting },
  });
  const at = { owner, repo };

  const repeated = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const passes = (error: Error): boolean => !(error instanceof RequestError) || error.status >= 500;
    try {
      return await pRetry(work, {
        retries,
        minTimeout: 100,
        randomize: true,
        shouldRetry: ({ error }) => passes(error),
      });
    } catch (error) {
      throw gitHubFailure(what, `${owner}/${repo}`, error);
    }
  };

  const list = async (base: string): Promise<readonly PullRequest[]> =>
    (
      await octokit.paginate(octokit.rest.pulls.list, {
        ...at,
        base,
        state: 'open',
        sort: 'created',
        direction: 'asc',
        per_page: 100,
      })
    )
      .filter(isOwn)
      .map(pullRequestOf);

  return {
    // An app's installation is nobody, and a host that is down must not stop what needs no name.
    whoAmI: () =>
      octokit.rest.users.getAuthenticated().then(
        ({ data }) => data.login,
        () => undefined,
      ),

    listOpen: (base) => repeated('the open pull requests could not be listed', () => list(base)),

    ensure: (head, base, text) =>
      repeated('the pull request could not be opened', async () => {
        const present = (await list(base)).find((open) => open.head === head);
        if (present !== undefined)
          return pullRequestOf((await octokit.rest.pulls.update({ ...at, pull_number: present.number, ...text })).data);
        try {
          return pullRequestOf(
            (await octokit.rest.pulls.create({ ...at, head, base, ...text, maintainer_can_modify: false })).data,
          );
        } catch (error) {
          const made =
            error instanceof RequestError && error.status === 422
              ? (await list(base)).find((open) => open.head === head)
              : undefined;
          if (made === undefined) throw error;
          return made;
        }
      }),

    close: ({ number }, comment) =>
      repeated(`pull request #${number} could not be closed`, async () => {
        const { data } = await octokit.rest.pulls.get({ ...at, pull_number: number });
        if (data.state === 'closed') return;
        const comments = await octokit.paginate(octokit.rest.issues.listComments, {
          ...at,
          issue_number: number,
          per_page: 100,
        });
        if (!comments.some(({ body }) => body === comment))
          await octokit.rest.issues.createComment({ ...at, issue_number: number, body: comment });
        await octokit.rest.pulls.update({ ...at, pull_number: number, state: 'closed' });
      }),
  };
}

/** The part of GitHub's answer that is used. */
interface Answer {
  readonly number: number;
  readonly html_url: string;
  readonly head: { readonly ref: string; readonly repo: { readonly id: number } | null };
  readonly base: { readonly ref: string; readonly repo: { readonly id: number } };
}

/** Whether its branch lies in the repository itself: anybody's fork may have a branch of the same name. */
const isOwn = ({ head, base }: Answer): boolean => head.repo?.id === base.repo.id;

const pullRequestOf = ({ number, html_url, head, base }: Answer): PullRequest => ({
  number,
  url: html_url,
  head: head.ref,
  base: base.ref,
});

const ignore = (): void => undefined;
