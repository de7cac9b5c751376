import type { CarriedWord } from '../model/carried-out/carrier.ts';
import type { hosts as words } from '../model/carried-out/surroundings.ts';
import type { HostPlugin } from './host.ts';
import { git } from './git/git.ts';
import { github } from './github/github.ts';

/** What keeps repositories: a host without an entry does not compile. */
export const hosts = { github, git } satisfies { readonly [Kind in CarriedWord<typeof words>]: HostPlugin<Kind> };

/** Every host, in the order of the table. */
export const everyHost: readonly HostPlugin[] = Object.values(hosts);

/** Characters that a comment may have, whichever host it is for. */
export const commentCharacters: number = Math.min(...everyHost.flatMap((host) => host.commentCharacters ?? []));

/** Those of them that are for what changes: the others are for what stands around it. */
export const diffCharacters: number = commentCharacters - 536;

/** What a person types where a gate asks for a pull request and nothing can open one: what the first host that has them needs. */
export const pullRequestsNeed: string = hosts.github.pullRequestsNeed;

/** The page of a commit, for people, wherever its repository lies; nothing where no host has one. @param server - name of the GitHub server */
export const commitAddressAt = (address: string, commit: string, server: string): string | undefined => {
  for (const host of everyHost) {
    const found = host.commitAddress?.(address, commit, server);
    if (found !== undefined) return found;
  }
  return undefined;
};
