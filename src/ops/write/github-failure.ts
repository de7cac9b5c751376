import { RequestError } from 'octokit';
import { OpsError, type Refusal } from '../ops-error.ts';

/**
 * Why GitHub did not do what it was asked. It says nothing of what was done before, which only the caller knows.
 *
 * @param subject - what did not happen, e.g. `the pull request could not be opened`
 */
export const gitHubFailure = (subject: string, repository: string, error: unknown): OpsError =>
  new OpsError(subject, [error instanceof RequestError ? explain(repository, error) : noAnswer(repository)], {
    cause: error,
  });

const noAnswer = (repository: string, status?: number): Refusal => ({
  code: 'unreachable',
  what: `GitHub did not answer for ${repository}${status === undefined ? '' : ` (${status})`}`,
  next: 'run the same command again; it finds what it has done',
});

function explain(repository: string, error: RequestError): Refusal {
  const { status } = error;
  const pause = pauseOf(error);
  if (pause !== undefined)
    return {
      code: 'rate-limited',
      what: `GitHub takes no more requests for ${repository} for now (${status}, rate limit)`,
      next: `run the same command again ${pause}; it finds what it has done`,
    };
  if (status >= 500) return noAnswer(repository, status);
  if (status === 401)
    return {
      code: 'denied',
      what: `GitHub does not accept the token for ${repository}`,
      next: 'get a new one: GITHUB_TOKEN is that of the promotion app',
    };
  if (status === 403 || status === 404)
    return {
      code: 'denied',
      what: `the token may not write pull requests of ${repository} (${status})`,
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
 * When the limit that an answer tells of ends, in words; nothing where the answer tells of none. A refused permission has the same
 * status, so its headers and its sentence decide.
 *
 * @see https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
function pauseOf({ status, message, response }: RequestError): string | undefined {
  if (status !== 403 && status !== 429) return undefined;
  const headers = response?.headers ?? {};
  const after = Number(headers['retry-after']);
  if (Number.isFinite(after) && headers['retry-after'] !== undefined) return `in ${after} seconds`;
  const spent = String(headers['x-ratelimit-remaining']) === '0';
  const until = Number(headers['x-ratelimit-reset']);
  if (spent && Number.isFinite(until)) return `after ${new Date(until * 1000).toISOString().replace(/\.\d+Z$/, 'Z')}`;
  return spent || status === 429 || /rate limit|abuse/i.test(message) ? 'in a few minutes' : undefined;
}
