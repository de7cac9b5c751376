import { publicGitHub } from '../../model/host.ts';

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
