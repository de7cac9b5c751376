import { gitHubPullRequests, gitHubRepository } from '../../ops/write/github-pull-requests.ts';
import type { PullRequests } from '../../ops/write/pull-requests.ts';

/** Variables that GitHub Actions sets, or a person. */
export type GitHubVariables = Readonly<
  Partial<Record<'GITHUB_TOKEN' | 'GITHUB_API_URL' | 'GITHUB_SERVER_URL', string>>
>;

/** Pull requests of an ops repository that lies on GitHub, when there is a token for it. */
export function pullRequestsOf(address: string, variables: GitHubVariables): PullRequests | undefined {
  const { GITHUB_TOKEN: token, GITHUB_API_URL: baseUrl } = variables;
  const found = gitHubRepository(address, baseUrl);
  if (found === undefined || token === undefined || token === '') return undefined;
  return gitHubPullRequests({ ...found, token, ...(baseUrl === undefined ? {} : { baseUrl }) });
}

/**
 * Environment variables through which git sends the token to GitHub alone: not in an address, an argument or a file.
 *
 * @see https://git-scm.com/docs/git-config#ENVIRONMENT
 */
export function gitVariables(
  { GITHUB_TOKEN: token, GITHUB_SERVER_URL: server = 'https://github.com' }: GitHubVariables,
  present: string | undefined,
): Readonly<Record<string, string>> {
  if (token === undefined || token === '') return {};
  const next = Number(present ?? 0);
  return {
    GIT_CONFIG_COUNT: String(next + 1),
    [`GIT_CONFIG_KEY_${next}`]: `http.${server.replace(/\/$/, '')}/.extraheader`,
    [`GIT_CONFIG_VALUE_${next}`]: `AUTHORIZATION: basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`,
  };
}
