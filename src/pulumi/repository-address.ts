/** Where a repository is, taken apart. */
export interface RepositoryAddress {
  /** e.g. `github.com`, with a port if the URL has one. */
  readonly host: string;
  /** User or organisation. */
  readonly owner: string;
  /** Name without `.git`. */
  readonly name: string;
}

const forms = [
  /^https?:\/\/([^/@]+)\/([^/]+)\/([^/]+?)(?:\.git)?\/?$/,
  /^(?:ssh:\/\/)?git@([^:/]+)[:/]([^/]+)\/([^/]+?)(?:\.git)?$/,
];

/** Takes apart `https://host/owner/name.git` or `git@host:owner/name.git`; nothing for any other text. */
export function repositoryAddress(url: string): RepositoryAddress | undefined {
  for (const form of forms) {
    const [, host, owner, name] = form.exec(url) ?? [];
    if (host !== undefined && owner !== undefined && name !== undefined) return { host, owner, name };
  }
  return undefined;
}

/** Name that GitHub knows a repository by: the end of its URL. */
export const gitHubName = (repository: { readonly name: string; readonly url: string }): string =>
  repositoryAddress(repository.url)?.name ?? repository.name;
