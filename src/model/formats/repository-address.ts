/** Where a repository is, taken apart. */
export interface RepositoryAddress {
  /** e.g. `github.com`, with a port if the address has one. */
  readonly host: string;
  /** Everything behind the host, as it is written, e.g. `acme/shop-ops.git`. */
  readonly path: string;
  /** User or organisation: the first part of the path. */
  readonly owner: string;
  /** The last part of the path, without `.git`. */
  readonly name: string;
}

const forms = [
  /^https?:\/\/(?:[^/@]*@)?([^/@]+)\/(.+?)\/?$/,
  /^ssh:\/\/git@([^/]+)\/(.+?)\/?$/,
  /^git@([^:/]+):(?!\d+\/)(.+?)\/?$/,
];

/** An address without `.git`: the same to Git, and where its host has the page that people read. */
export const withoutEnding = (address: string): string => address.replace(/\.git$/, '');

/**
 * Takes apart `https://host/owner/name.git`, `ssh://git@host/owner/name.git` or `git@host:owner/name.git`; nothing for any other
 * text, and for a path of one part. A user and a password in an address are read over, and never shown.
 */
export function repositoryAddress(url: string): RepositoryAddress | undefined {
  for (const form of forms) {
    const [, host, path] = form.exec(url) ?? [];
    if (host === undefined || path === undefined) continue;
    const parts = withoutEnding(path).split('/');
    const [owner, name] = [parts[0], parts.at(-1)];
    if (parts.length < 2 || owner === undefined || name === undefined || parts.includes('')) return undefined;
    return { host, path, owner, name };
  }
  return undefined;
}

/** The address that a key opens a repository under: over SSH. What is no address stays as it is. */
export function sshAddressOf(url: string): string {
  const address = repositoryAddress(url);
  return address === undefined ? url : `git@${address.host}:${address.path}`;
}

/** `owner/name` of a repository, as the API of its host and its workflows call it: the path without `.git`. */
export function fullNameOf({ name, url }: { readonly name: string; readonly url: string }): string {
  const address = repositoryAddress(url);
  return address === undefined ? name : withoutEnding(address.path);
}

/** Name that the host knows a repository by: the end of its address. */
export const nameAtHost = ({ name, url }: { readonly name: string; readonly url: string }): string =>
  repositoryAddress(url)?.name ?? name;

/** A server by its name, and a path in any case: of https, of ssh and with a port it is one place. Nothing for what is no address. */
export function placeAtHost(url: string): string | undefined {
  const address = repositoryAddress(url);
  return address === undefined
    ? undefined
    : `${address.host.replace(/:\d+$/, '')}/${withoutEnding(address.path)}`.toLowerCase();
}

/** Whether two addresses name one repository, whichever of its addresses they are. */
export const isSameRepository = (one: string, other: string): boolean =>
  one === other || (placeAtHost(one) ?? one) === placeAtHost(other);
