import type { Delivery } from '../../model/delivery.ts';
import { hostOf } from '../../model/formats/host.ts';
import type { Stage } from '../../model/stage.ts';

/** API version of an ImageRepository, an ImagePolicy and an ImageUpdateAutomation. */
export const imageApi = 'image.toolkit.fluxcd.io/v1';

/** API version of a GitRepository. */
export const gitApi = 'source.toolkit.fluxcd.io/v1';

/**
 * Keys that Flux reads of the Secret that it pushes with: of an app on GitHub, elsewhere of somebody with a password.
 *
 * @see https://fluxcd.io/flux/components/source/gitrepositories/#secret-reference
 */
const pushKeys = {
  github: ['githubAppID', 'githubAppInstallationID', 'githubAppPrivateKey'],
  git: ['username', 'password'],
} as const;

/** Address of the repository that a stage writes, and what it is written with. */
export function writtenBy(
  delivery: Delivery,
  { write }: Stage,
): { readonly url: string; readonly host: 'github' | 'git'; readonly keys: readonly string[] } {
  const url = delivery.repositories.find(({ name }) => name === write.repository)?.url ?? '';
  const host = hostOf(url, delivery.gitHubHost);
  return { url, host, keys: pushKeys[host] };
}

/** The namespace of the toolchain that a stage is moved from. */
export const toolchainNamespace = ({ toolchains = [] }: Delivery, { toolchain }: Stage): string =>
  toolchains.find(({ name }) => name === toolchain)?.namespace ?? '';

/** What stands behind a field that Flux sets: the policy that says to what, whole. */
export const markerOf = (namespace: string, policy: string): string =>
  JSON.stringify({ $imagepolicy: `${namespace}:${policy}` }).replace(':', ': ');
