import { openGitHub, type GitHubApi } from '../../clients/github/github-client.ts';
import { look } from '../../clients/github/look.ts';
import { hosts } from '../../hosts/hosts.ts';

/** A branch of which is asked whether something was published to it. */
export interface AheadQuestion {
  readonly owner: string;
  /** Name of the repository at GitHub. */
  readonly repository: string;
  readonly branch: string;
  /** Branch that it started from. */
  readonly from: string;
  /** API of a GitHub Enterprise server. @default - github.com */
  readonly baseUrl?: string;
}

/** Milliseconds that the answer may take. */
const timeoutMs = 15_000;

/**
 * Whether a branch has a commit that the one it started from has not. Of what is not there, or not shown, nothing was published.
 *
 * @param patience - how often it is asked again @default - as often as everywhere
 * @throws when GitHub cannot be reached, refuses the token, or limits requests
 */
export async function readAhead(
  { owner, repository, branch, from, baseUrl }: AheadQuestion,
  token: string | undefined,
  patience: Pick<GitHubApi, 'retries'> = {},
): Promise<boolean> {
  const client = await openGitHub({ ...(token === undefined ? {} : { token }), timeoutMs, ...patience });
  const address = `${hosts.github.apiAddress(baseUrl)}/repos/${owner}/${repository}/compare/${from}...${branch}?per_page=1`;
  const { data } = await look(client, address);
  return typeof data === 'object' && data !== null && 'ahead_by' in data && Number(data.ahead_by) > 0;
}
