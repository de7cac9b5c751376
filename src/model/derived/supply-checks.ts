import type { Repository } from '../repository.ts';
import type { Delivery } from '../delivery.ts';
import type { Supply } from '../supply.ts';

/** A workflow that people write, and that a build calls. */
export interface CheckWorkflow {
  readonly repository: Repository;
  /** Where it lies in the repository. */
  readonly path: string;
  readonly supply: Supply;
  /** Name of the check. */
  readonly check: string;
}

/** Where the workflow of a check lies in the repository of the source. */
export const checkPath = (check: string): string => `.github/workflows/${check}.yaml`;

/** Whether a workflow goes before a supply is built, and so calls its checks: one that builds, or one that copies what a cluster builds. */
export const callsChecks = ({ builder, copiesTo }: Pick<Supply, 'builder' | 'copiesTo'>): boolean =>
  builder.kind === 'githubActions' || copiesTo !== undefined;

/**
 * Every workflow that the builds of a delivery call. People write them, and only a checkout of the source tells whether they are there.
 */
export const checkWorkflows = ({ repositories, supplies }: Delivery): readonly CheckWorkflow[] =>
  supplies.flatMap((supply) => {
    const repository = repositories.find(({ name }) => name === supply.source);
    if (repository === undefined || !callsChecks(supply)) return [];
    return supply.checks.map((check) => ({ repository, path: checkPath(check), supply, check }));
  });
