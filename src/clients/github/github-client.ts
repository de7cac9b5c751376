import type { Octokit } from '@octokit/core';
import { RequestError } from '@octokit/request-error';
import pRetry from 'p-retry';
import { outsideFetch } from '../http/outside-fetch.ts';
import { whyUnreachable } from '../http/why-unreachable.ts';

/** How GitHub's API is reached. */
export interface GitHubApi {
  /** Never printed. @default - asks as nobody */
  readonly token?: string;
  /** @default 'https://api.github.com' */
  readonly baseUrl?: string;
  /** Further tries after an answer of 5xx, a lost connection or a limit that ends soon. @default 3 */
  readonly retries?: number;
  /** Milliseconds before one request is given up. @default 20000 */
  readonly timeoutMs?: number;
  /** Whether writes are spaced out as GitHub asks, seconds apart; a server of one's own need not. @default true */
  readonly throttled?: boolean;
}

/** GitHub's API as every part of this program asks it. */
export interface GitHubClient {
  /** Asks once, by `METHOD /path/{parameter}`. A request that creates something is never repeated blindly. */
  readonly request: Octokit['request'];
  /** Does work again that failed by an answer of 5xx or a lost connection; the work looks first what the last try has done. */
  readonly repeated: <Result>(work: () => Promise<Result>) => Promise<Result>;
}

/** An answer that is one page of a list. */
export interface Page<Body> {
  readonly data: Body;
  readonly url: string;
  readonly headers: { readonly link?: string | undefined };
}

/** Longest pause that GitHub may ask for and a command waits by itself. */
const PATIENCE_SECONDS = 60;

const ignore = (): void => undefined;

/** Opens the API, with GitHub's own throttling, and through the proxy of this machine. */
export async function openGitHub({
  token,
  baseUrl,
  retries = 3,
  timeoutMs = 20_000,
  throttled = true,
}: GitHubApi): Promise<GitHubClient> {
  // Loaded where something is asked: most commands never do.
  const [{ Octokit: Core }, { throttling }] = await Promise.all([
    import('@octokit/core'),
    import('@octokit/plugin-throttling'),
  ]);
  const isWorthWaiting = (seconds: number, _options: object, _octokit: unknown, count: number): boolean =>
    count < retries && seconds <= PATIENCE_SECONDS;
  const send = outsideFetch();
  const { request } = new (Core.plugin(throttling))({
    ...(token === undefined ? {} : { auth: token }),
    ...(baseUrl === undefined ? {} : { baseUrl }),
    userAgent: 'portolan',
    request: {
      fetch: (url: string, init: RequestInit) => send(url, { ...init, signal: AbortSignal.timeout(timeoutMs) }),
    },
    log: { debug: ignore, info: ignore, warn: ignore, error: ignore },
    throttle: { enabled: throttled, onRateLimit: isWorthWaiting, onSecondaryRateLimit: isWorthWaiting },
  });
  return {
    request,
    repeated: (work) =>
      pRetry(work, { retries, minTimeout: 100, randomize: true, shouldRetry: ({ error }) => mayPass(error) }),
  };
}

const mayPass = (error: Error): boolean =>
  error instanceof RequestError && error.response !== undefined ? error.status >= 500 : whyUnreachable(error).mayPass;

/**
 * Address of the page behind one, at the server that was asked and nowhere else: the token goes there.
 *
 * @see https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api
 */
export function nextPage({ headers, url }: Page<unknown>): string | undefined {
  const link = /<([^>]+)>;\s*rel="next"/.exec(headers.link ?? '')?.[1];
  const next = link === undefined ? undefined : new URL(link, url);
  return next?.origin === new URL(url).origin ? next.href : undefined;
}

/** Every item of a list of several pages. */
export async function everyItem<Item>(
  { request }: GitHubClient,
  first: Page<readonly Item[]>,
): Promise<readonly Item[]> {
  const items = [...first.data];
  for (let next = nextPage(first); next !== undefined;) {
    const page = (await request(`GET ${next}`)) as Page<readonly Item[]>;
    items.push(...page.data);
    next = nextPage(page);
  }
  return items;
}
