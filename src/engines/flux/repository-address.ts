import { repositoryAddress } from '../../model/formats/repository-address.ts';
import type { Credential } from '../../model/credential.ts';
import type { Environment } from '../../model/environment.ts';

/** Key of a Secret that Flux takes for a private SSH key. */
export const sshKey = 'identity';

/** The credential with which Flux reads the ops repository of an environment; nothing where it reads without one. */
export const readerOf = ({ credentials }: Pick<Environment, 'credentials'>): Credential | undefined =>
  credentials.find(({ purpose, store }) => purpose === 'gitRead' && store.kind === 'kubernetes');

/**
 * Address under which Flux reads the ops repository: the https one, or, where the environment declares an SSH key to read it with,
 * `ssh://git@<host>/<owner>/<name>.git`: Flux takes no other way to write it.
 */
export const readAddress = (environment: Environment, opsRepository: string): string =>
  addressWith(readerOf(environment), opsRepository);

/** Address under which Flux reads the ops repository with a credential. */
export function addressWith(reader: Credential | undefined, opsRepository: string): string {
  const hasKey = reader?.store.keys.includes(sshKey) === true;
  const address = opsRepository.startsWith('https://') ? repositoryAddress(opsRepository) : undefined;
  return hasKey && address !== undefined ? `ssh://git@${address.host}/${address.path}` : opsRepository;
}
