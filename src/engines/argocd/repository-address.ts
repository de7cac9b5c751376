import type { Environment } from '../../model/environment.ts';

/**
 * Address under which Argo CD reads the ops repository: the https one, or, where the environment declares an SSH key to read it
 * with, `git@<host>:<owner>/<name>.git`, because Argo CD uses a key for no other.
 */
export function repositoryAddress(environment: Environment, opsRepository: string): string {
  const hasKey = environment.credentials.some(
    ({ purpose, store }) =>
      purpose === 'gitRead' && store.kind === 'kubernetes' && store.keys.includes('sshPrivateKey'),
  );
  const { host, path } = /^https:\/\/(?<host>[^/]+)\/(?<path>.+)$/.exec(opsRepository)?.groups ?? {};
  return hasKey && host !== undefined && path !== undefined ? `git@${host}:${path}` : opsRepository;
}
