import { KUBECONFIG_KEY, type Credential } from '../../model/credential.ts';
import type { Delivery } from '../../model/delivery.ts';
import type { Repository } from '../../model/repository.ts';
import { LackingCredential } from './lacking-credential.ts';

/**
 * The credential of one purpose that workflows of a repository find in their Actions secrets.
 *
 * @param environment - GitHub environment that keeps it
 * @throws when the delivery declares none
 */
export function credentialIn(
  delivery: Delivery,
  repository: Repository,
  purpose: Credential['purpose'],
  environment: string,
): Credential {
  const found = delivery.credentials.find(
    ({ purpose: candidate, store }) =>
      candidate === purpose &&
      store.kind === 'githubActions' &&
      store.repository === repository.name &&
      store.environment === environment,
  );
  if (found !== undefined) return found;
  const name = `${purpose}-${environment}`;
  throw new LackingCredential(
    {
      path: 'credentials',
      message:
        `the workflows of ${repository.name} need one with purpose "${purpose}" ` +
        `in the GitHub environment "${environment}"; add { purpose: '${purpose}', store: { kind: 'githubActions', repository: '${repository.name}', environment: '${environment}', … } }`,
    },
    {
      name,
      purpose,
      holder: name,
      store: {
        kind: 'githubActions',
        repository: repository.name,
        environment,
        keys: purpose === 'clusterRead' ? [KUBECONFIG_KEY] : ['APP_ID', 'PRIVATE_KEY', 'USERNAME', 'TOKEN'],
      },
      scope: name,
    },
  );
}
