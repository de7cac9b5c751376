import type { KubernetesObject } from '../../model/application.ts';
import { engineNamespaceOf, type Environment } from '../../model/environment.ts';
import { readerOf } from './repository-address.ts';
import { sourceApi } from './settings.ts';

/** Which branch is fetched, and how often. */
export interface GitRepositoryInput {
  readonly name: string;
  readonly environment: Environment;
  /** The branch that it fetches. */
  readonly branch: string;
  /** Address that Flux reads. */
  readonly opsRepository: string;
  /** Minutes between two looks at the branch. */
  readonly pollMinutes: number;
}

/**
 * The order to Flux to fetch one branch, with the key of the environment.
 *
 * @see https://fluxcd.io/flux/components/source/gitrepositories/
 */
export function gitRepository({
  name,
  environment,
  branch,
  opsRepository,
  pollMinutes,
}: GitRepositoryInput): KubernetesObject {
  const store = readerOf(environment)?.store;
  return {
    apiVersion: sourceApi,
    kind: 'GitRepository',
    metadata: { name, namespace: engineNamespaceOf(environment, 'flux') },
    spec: {
      url: opsRepository,
      ref: { branch },
      interval: `${pollMinutes}m`,
      timeout: '60s',
      ...(store?.keys.includes('githubAppID') === true ? { provider: 'github' } : {}),
      ...(store?.kind === 'kubernetes' ? { secretRef: { name: store.secretName } } : {}),
    },
  };
}
