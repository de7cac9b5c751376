import { hosts } from '../../hosts/hosts.ts';
import type { PullRequests } from '../../hosts/pull-requests.ts';
import { gitHubHostOf } from '../../model/formats/host.ts';
import type { PlatformSettings } from '../../model/settings/settings.ts';
import type { SaidOfCommit } from '../../ops/health/reported-health.ts';
import { asRefusals } from '../../ops/write/as-refusals.ts';

/** Variables that GitHub Actions sets, or a person. */
export type GitHubVariables = Readonly<
  Partial<Record<'GITHUB_TOKEN' | 'GITHUB_API_URL' | 'GITHUB_SERVER_URL', string>>
>;

/**
 * Pull requests of an ops repository that lies on GitHub, when there is a token for it.
 *
 * @param server - `github:baseUrl` of the settings; a workflow's own variables win @default - github.com
 */
export async function pullRequestsOf(
  address: string,
  variables: GitHubVariables,
  server?: string,
): Promise<PullRequests | undefined> {
  const { GITHUB_TOKEN: token } = variables;
  const baseUrl = apiOf(variables.GITHUB_API_URL, server);
  const found = hosts.github.repositoryAt(address, gitHubHostOf(baseUrl));
  if (found === undefined || token === undefined || token === '') return undefined;
  // A write to a folder of this machine needs none of it.
  const { gitHubPullRequests } = await import('../../clients/github/pull-requests.ts');
  return asRefusals(gitHubPullRequests({ ...found, token, ...(baseUrl === undefined ? {} : { baseUrl }) }));
}

/**
 * What is said of a commit of a repository that lies on GitHub, the newest first, or why nobody can be asked.
 *
 * @param platform - settings with the server; a workflow's own variables win
 */
export async function statusesOf(
  address: string,
  commit: string,
  { GITHUB_TOKEN: token, GITHUB_API_URL }: GitHubVariables,
  { github: { baseUrl: server } }: Pick<PlatformSettings, 'github'>,
): Promise<{ readonly statuses: readonly SaidOfCommit[] } | { readonly notAsked: string }> {
  const baseUrl = apiOf(GITHUB_API_URL, server);
  const found = hosts.github.repositoryAt(address, gitHubHostOf(baseUrl));
  if (found === undefined)
    return { notAsked: `${address} is not on GitHub, which keeps what an engine says of a commit` };
  const { commitStatuses, NoStatuses } = await import('../../clients/github/commit-statuses.ts');
  try {
    const access = { ...found, ...(token === undefined || token === '' ? {} : { token }) };
    return { statuses: await commitStatuses({ ...access, ...(baseUrl === undefined ? {} : { baseUrl }) }, commit) };
  } catch (error) {
    if (error instanceof NoStatuses) return { notAsked: error.message };
    throw error;
  }
}

const apiOf = (own: string | undefined, server: string | undefined): string | undefined =>
  own ?? (server === undefined ? undefined : hosts.github.apiAddress(server));

/**
 * Environment variables through which git sends the token to GitHub alone: not in an address, an argument or a file.
 *
 * @param address - `github:baseUrl` of the settings; a workflow's own variables win @default - github.com
 * @see https://git-scm.com/docs/git-config#ENVIRONMENT
 */
export function gitVariables(
  { GITHUB_TOKEN: token, GITHUB_SERVER_URL: own }: GitHubVariables,
  present: string | undefined,
  address?: string,
): Readonly<Record<string, string>> {
  if (token === undefined || token === '') return {};
  const server = own ?? `https://${gitHubHostOf(address)}`;
  const next = Number(present ?? 0);
  return {
    GIT_CONFIG_COUNT: String(next + 1),
    [`GIT_CONFIG_KEY_${next}`]: `http.${server.replace(/\/$/, '')}/.extraheader`,
    [`GIT_CONFIG_VALUE_${next}`]: `AUTHORIZATION: basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`,
  };
}
