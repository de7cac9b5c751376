import { repositoryAddress } from '../../model/formats/repository-address.ts';
import { hostOf, publicGitHub } from '../../model/formats/host.ts';

/**
 * Where the REST API of a server is, by the address that the GitHub provider takes, and as the provider finds it.
 *
 * @param baseUrl - e.g. `https://git.acme.example/` @default - github.com
 */
export function apiAddress(baseUrl = `https://${publicGitHub}`): string {
  const base = baseUrl.replace(/\/+$/, '');
  const { hostname, pathname } = new URL(base);
  if (hostname === publicGitHub || hostname.endsWith('.ghe.com') || hostname === `api.${publicGitHub}`)
    return `https://${hostname.startsWith('api.') ? '' : 'api.'}${hostname}`;
  return pathname.endsWith('/api/v3') ? base : `${base}/api/v3`;
}

/**
 * The owner and name behind an address, in https or in ssh, of GitHub.
 *
 * @param server - name of the server, with its port @default 'github.com'
 */
export function repositoryAt(
  address: string,
  server?: string,
): { readonly owner: string; readonly repository: string } | undefined {
  const found = hostOf(address, server) === 'github' ? repositoryAddress(address) : undefined;
  return found?.path.split('/').length === 2 ? { owner: found.owner, repository: found.name } : undefined;
}

/**
 * The page of a commit, for people.
 *
 * @param server - name of the server, with its port @default 'github.com'
 */
export function commitAddress(address: string, commit: string, server?: string): string | undefined {
  const found = repositoryAt(address, server);
  return found === undefined
    ? undefined
    : `https://${server ?? publicGitHub}/${found.owner}/${found.repository}/commit/${commit}`;
}
