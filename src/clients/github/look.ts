import { RequestError } from '@octokit/request-error';
import { whyUnreachable } from '../http/why-unreachable.ts';
import type { GitHubClient, Page } from './github-client.ts';
import { limitOf } from './github-failure.ts';

/** An answer that may be a refusal: what is not there, or not shown, is one to read. */
export type Looked = Page<unknown> & { readonly status: number };

/**
 * Looks at an address of GitHub's API.
 *
 * @throws a sentence about why it did not answer, refuses the token, or takes no more requests for now
 */
export async function look({ request, repeated }: GitHubClient, address: string): Promise<Looked> {
  return repeated(() => request(`GET ${address}`)).catch((error: unknown) => refusedAt(address, error));
}

/** An answer that is a refusal to read. @throws a sentence where there is none, or none for now */
function refusedAt(address: string, error: unknown): Looked {
  if (!(error instanceof RequestError) || error.response === undefined) throw unreached(address, error);
  const { status } = error;
  if (status === 401)
    throw new Error('portolan: GitHub refuses the token; write: export GITHUB_TOKEN=$(gh auth token)');
  const limit = limitOf(error);
  if (limit !== undefined)
    throw new Error(
      `portolan: GitHub takes no more requests for now (${status}, rate limit); run the same command again ${limit}`,
    );
  return { status, data: undefined, url: address, headers: {} };
}

function unreached(address: string, error: unknown): Error {
  const { why, next = 'check the network, and github:baseUrl' } = whyUnreachable(error);
  return new Error(`portolan: GitHub cannot be reached at ${new URL(address).origin} (${why}); ${next}`, {
    cause: error,
  });
}

/** As `look`. @throws also where GitHub is out of order: then nobody knows whether something is there */
export async function know(client: GitHubClient, address: string): Promise<Looked> {
  const looked = await look(client, address);
  if (looked.status >= 500)
    throw new Error(
      `portolan: GitHub at ${new URL(address).origin} is out of order (${looked.status}); run the same command again later`,
    );
  return looked;
}
