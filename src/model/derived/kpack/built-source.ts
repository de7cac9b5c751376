import type { Delivery } from '../../delivery.ts';
import type { Repository } from '../../repository.ts';
import type { Supply } from '../../supply.ts';
import { defaultBranchOf } from '../managed-repositories.ts';
import { pushesOf } from '../pushes.ts';

/** What a builder in a cluster reads. */
export interface BuiltSource {
  readonly repository: Repository;
  readonly branch: string;
}

/**
 * The branch that a builder in a cluster builds: where tested commits are copied to, else the one whose pushes start the supply, else the default
 * branch of the source. Nothing where no such repository is declared.
 */
export function builtSourceOf(
  { repositories }: Pick<Delivery, 'repositories'>,
  { source, copiesTo, triggers }: Supply,
): BuiltSource | undefined {
  const repository = repositories.find(({ name }) => name === (copiesTo?.repository ?? source));
  if (repository === undefined) return undefined;
  const [pushed] = pushesOf(triggers).flatMap(({ branches }) => branches);
  return { repository, branch: copiesTo?.branch ?? pushed ?? defaultBranchOf(repository) };
}
