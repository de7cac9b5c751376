import { repositoryAddress } from './repository-address.ts';

/** What keeps a repository: GitHub with its workflows and rules, or Git alone, at an address or on a disk. */
export type Host = 'github' | 'git';

/** GitHub for everybody; an Enterprise server has a name of its own. */
export const publicGitHub = 'github.com';

/**
 * The host behind a repository's address.
 *
 * @param gitHubHost - name of a GitHub Enterprise server; undefined where GitHub is github.com. It has no default, so that nobody forgets it
 */
export const hostOf = (url: string, gitHubHost: string | undefined): Host =>
  serverOf(repositoryAddress(url)?.host ?? '') === serverOf(gitHubHost ?? publicGitHub) ? 'github' : 'git';

/** A server has a port for https and another for ssh, and is one server. */
const serverOf = (host: string): string => host.toLowerCase().replace(/:\d+$/, '');

/** Name of the GitHub server, with its port, by the address of it or of its API; github.com where none is given. */
export function gitHubHostOf(baseUrl: string | undefined): string {
  if (baseUrl === undefined) return publicGitHub;
  const { host } = new URL(baseUrl);
  return host === `api.${publicGitHub}` || host.endsWith('.ghe.com') ? host.replace(/^api\./, '') : host;
}

/** Why something that GitHub does is not done for a repository: where its address is, and what to write where that is GitHub after all. */
export const notOnGitHub = (gitHubHost: string = publicGitHub): string =>
  `which is not on ${gitHubHost} (a GitHub Enterprise server is named by github:baseUrl in Pulumi.platform.yaml)`;

/** What a program says, where the settings name a GitHub server; what the program itself says of it wins. */
export const onGitHubOf = (said: unknown, baseUrl: string | undefined): unknown =>
  baseUrl === undefined || typeof said !== 'object' || said === null || 'gitHubHost' in said
    ? said
    : { ...said, gitHubHost: gitHubHostOf(baseUrl) };

/** Where an app asks for tokens, and the rest of the API is: a server of one's own has it below its own name. */
export const apiOfGitHub = (host: string): string =>
  host === publicGitHub || host.endsWith('.ghe.com') ? `https://api.${host}` : `https://${host}/api/v3`;
