import { RequestError } from '@octokit/request-error';
import { HostFailure, type HostRefusal } from '../../hosts/host-failure.ts';
import { retryAfter } from '../http/retry-after.ts';
import { whyUnreachable } from '../http/why-unreachable.ts';

/**
 * Why GitHub did not do what it was asked. It says nothing of what was done before, which only the caller knows.
 *
 * @param subject - what did not happen, e.g. `the pull request could not be opened`
 */
export const gitHubFailure = (subject: string, repository: string, error: unknown): HostFailure =>
  new HostFailure(
    subject,
    error instanceof RequestError && error.response !== undefined
      ? explain(repository, error, error.status)
      : unreached(repository, error),
    { cause: error },
  );

const again = 'run the same command again; it finds what it has done';

/** No answer at all: octokit gives such an error the status 500, which no server said. */
function unreached(repository: string, error: unknown): HostRefusal {
  const { why, next = again } = whyUnreachable(error);
  return { code: 'unreachable', what: `GitHub did not answer for ${repository} (${why})`, next };
}

function explain(repository: string, error: RequestError, status: number): HostRefusal {
  const pause = limitOf(error);
  if (pause !== undefined)
    return {
      code: 'rate-limited',
      what: `GitHub takes no more requests for ${repository} for now (${status}, rate limit)`,
      next: `run the same command again ${pause}; it finds what it has done`,
    };
  if (status >= 500)
    return { code: 'unreachable', what: `GitHub did not answer for ${repository} (${status})`, next: again };
  if (status === 401)
    return {
      code: 'denied',
      what: `GitHub does not accept the token for ${repository}`,
      next: 'get a new one: GITHUB_TOKEN is that of the promotion app',
    };
  if (status === 403 || status === 404)
    return {
      code: 'denied',
      what: `the token may not ${error.request.method === 'GET' ? 'read' : 'write'} pull requests of ${repository} (${status})`,
      next: 'install the promotion app there with "pull requests: write" and "contents: write"',
    };
  return {
    code: 'wrong-input',
    // The sentence before the address of the documentation; it never repeats the token.
    what: `GitHub refused it for ${repository} (${status}): ${error.message.split(' - http')[0] ?? ''}`,
    next: 'read the reason, mend it, and run the same command again',
  };
}

/**
 * When the limit that an answer tells of ends, in words, e.g. `in 60 seconds`; nothing where the answer tells of none. A refused
 * permission has the same status, so its headers and its sentence decide.
 *
 * @see https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
export function limitOf({ status, message, response }: RequestError): string | undefined {
  if (status !== 403 && status !== 429) return undefined;
  const headers = response?.headers ?? {};
  const after = headers['retry-after'];
  const pause = after === undefined ? undefined : retryAfter(String(after), Date.now());
  if (pause !== undefined) return `in ${Math.ceil(pause / 1000)} seconds`;
  const spent = String(headers['x-ratelimit-remaining']) === '0';
  const until = Number(headers['x-ratelimit-reset']);
  if (spent && Number.isFinite(until)) return `after ${new Date(until * 1000).toISOString().replace(/\.\d+Z$/, 'Z')}`;
  return spent || status === 429 || /rate limit|abuse/i.test(message) ? 'in a few minutes' : undefined;
}
