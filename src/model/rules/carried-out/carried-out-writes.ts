import { repositoryHolding, type Delivery } from '../../delivery.ts';
import { hasSeveral } from '../../derived/units.ts';
import { applicationBranch, environmentBranch } from '../../names.ts';
import type { Problem } from '../../problem.ts';
import { stagePath } from '../place.ts';

/** A tree goes to the environment's own branch of the one ops repository, or to its application's where there are several: nothing writes elsewhere. */
export const carriedOutWrites = (delivery: Delivery): readonly Problem[] => {
  const ops = repositoryHolding(delivery, 'ops')?.name;
  return delivery.stages.flatMap((stage) => {
    const { write } = stage;
    if (write.locator.kind !== 'tree') return [];
    const path = `${stagePath(stage)}.write`;
    const problems: Problem[] = [];
    if (ops !== undefined && write.repository !== ops)
      problems.push({
        path: `${path}.repository`,
        message: `is not carried out yet for another repository than the first that holds "ops"; write "${ops}"`,
        given: write.repository,
      });
    const environment = delivery.environments.find(({ name }) => name === stage.environment);
    const isOne = environment !== undefined && hasSeveral(environment);
    const branch = isOne
      ? applicationBranch(stage.environment, stage.application)
      : environmentBranch(stage.environment);
    if (write.branch !== branch)
      problems.push({
        path: `${path}.branch`,
        message: `is not carried out yet for another branch than the ${isOne ? "application's" : "environment's"}; write "${branch}"`,
        given: write.branch,
      });
    return problems;
  });
};
