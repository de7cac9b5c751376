import type { Delivery } from '../delivery.ts';
import { hostOf } from '../formats/host.ts';
import type { Stage } from '../stage.ts';

/**
 * What something in a cluster pushes to a repository with: on GitHub as an app, elsewhere as somebody with a password. The names are those that Kargo
 * reads.
 *
 * @see https://docs.kargo.io/user-guide/security/managing-secrets
 */
export const pushKeys = {
  github: ['githubAppClientID', 'githubAppInstallationID', 'githubAppPrivateKey'],
  git: ['username', 'password'],
} as const;

/** Keys of the Secret that a stage's branch is written with by this program in a cluster: those of an app on GitHub, else a name and a password. */
export function pushKeysOf({ repositories, gitHubHost }: Delivery, { write }: Stage): readonly string[] {
  const url = repositories.find(({ name }) => name === write.repository)?.url ?? '';
  return pushKeys[hostOf(url, gitHubHost)];
}
