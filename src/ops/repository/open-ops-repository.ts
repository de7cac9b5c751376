import { join } from 'node:path';
import { OpsError } from '../ops-error.ts';
import { openLocalRepository } from './local-repository.ts';
import type { OpsRepository } from './ops-repository.ts';
import { openRemoteRepository } from './remote-repository.ts';

/** Where the ops repository is. */
export interface OpsAddress {
  /** Folder of the project; `.portolan` lies in it. */
  readonly projectFolder: string;
  /** URL or path of the repository. @default - `.portolan/ops.git`, made on demand */
  readonly address?: string;
}

/** The local repository that `npm start` writes to, relative to the project's folder. */
export const LOCAL_OPS_REPOSITORY = '.portolan/ops.git';

/**
 * Opens the ops repository: the local one of the project, a bare one at a path, or one on a host.
 *
 * @throws OpsError when it cannot be used
 */
export async function openOpsRepository({ projectFolder, address }: OpsAddress): Promise<OpsRepository> {
  if (address === undefined)
    return openLocalRepository({ path: join(projectFolder, LOCAL_OPS_REPOSITORY), create: true });
  if (address === '' || address.startsWith('-') || /\p{Cc}/u.test(address)) {
    throw new OpsError('nothing was read or written', [
      {
        code: 'wrong-input',
        what: `${JSON.stringify(address)} is not an address of a repository`,
        next: 'name a path, or a URL such as https://github.com/acme/shop-ops.git',
      },
    ]);
  }
  return isPath(address)
    ? openLocalRepository({ path: address })
    : openRemoteRepository({ url: address, cacheFolder: join(projectFolder, '.portolan', 'cache') });
}

/** A path has no scheme, and no host before a colon as `git@HOST:acme/shop-ops.git` does. */
const isPath = (address: string): boolean =>
  !/^[a-z][a-z0-9+.-]*:\/\//i.test(address) && (!/^[^/\\]+:/.test(address) || /^[a-z]:[\\/]/i.test(address));
