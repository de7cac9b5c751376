import { opsRepositoryOf, type Delivery } from '../delivery.ts';
import type { Repository } from '../repository.ts';

/** Whether Pulumi creates the repository, or has taken it over. */
export const isManaged = (repository: Repository): boolean => repository.management !== 'external';

export const isPrivate = (repository: Repository): boolean => (repository.visibility ?? 'private') === 'private';

export const holdsOps = (repository: Repository): boolean => repository.holds.includes('ops');

export const defaultBranchOf = (repository: Repository): string => repository.defaultBranch ?? 'main';

/** The declared repository of that name. @throws when the delivery has none */
export function repositoryNamed(delivery: Delivery, name: string): Repository {
  const found = delivery.repositories.find((repository) => repository.name === name);
  if (found !== undefined) return found;
  throw new Error(
    `portolan: there is no repository "${name}"; write one of: ${delivery.repositories.map((repository) => repository.name).join(', ')}`,
  );
}

/** {@link opsRepositoryOf}, where there must be one. @throws when the delivery has none */
export function managedOpsRepository(delivery: Delivery, environment: string): Repository {
  const found = opsRepositoryOf(delivery, environment);
  if (found !== undefined) return found;
  throw new Error(`portolan: no repository holds the ops; add "ops" to the holds of one in repositories`);
}

/** https URL under which people, workflows and engines find the ops repository of an environment. @throws when the delivery has none */
export const opsAddressOf = (delivery: Delivery, environment: string): string =>
  managedOpsRepository(delivery, environment).url;
