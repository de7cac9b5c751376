import { repositoryAddress } from '../../model/formats/repository-address.ts';
import type { Environment } from '../../model/environment.ts';

/** Key of a Secret that Argo CD takes for a private SSH key. */
export const sshKey = 'sshPrivateKey';

/**
 * Address under which Argo CD reads the ops repository: the https one, or, where the environment declares an SSH key to read it
 * with, `git@<host>:<owner>/<name>.git`, because Argo CD uses a key for no other.
 */
export function readAddress(environment: Environment, opsRepository: string): string {
  const hasKey = environment.credentials.some(
    ({ purpose, store }) => purpose === 'gitRead' && store.kind === 'kubernetes' && store.keys.includes(sshKey),
  );
  const address = opsRepository.startsWith('https://') ? repositoryAddress(opsRepository) : undefined;
  return hasKey && address !== undefined ? `git@${address.host}:${address.path}` : opsRepository;
}
