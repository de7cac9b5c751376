import { publicGitHub } from '../../formats/host.ts';
import { repositoryAddress } from '../../formats/repository-address.ts';

/** The key of a Secret under which OpenSSH's lines of known hosts are, where whoever reads must be told them. */
export const KNOWN_HOSTS_KEY = 'known_hosts';

/**
 * The line by which OpenSSH knows that a host is the one that it says; nothing for a host whose key is not published for everybody.
 *
 * @see https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/githubs-ssh-key-fingerprints
 */
export const hostKeyOf = (url: string): string | undefined =>
  repositoryAddress(url)?.host === publicGitHub
    ? 'github.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl\n'
    : undefined;
