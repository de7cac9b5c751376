import type { Delivery } from '../model/delivery.ts';
import type { Unit } from '../model/derived/units.ts';
import { ProblemsError, type Problem } from '../model/problem.ts';
import { LackingCredential } from '../hosts/workflow/lacking-credential.ts';
import { makeEveryWorkflow, unitWorkflows, type WorkflowFiles } from './workflows-of.ts';

/** Every credential that a generated workflow needs and the delivery does not declare, or not with the keys that are read. */
export function lackingCredentials(delivery: Delivery): readonly Problem[] {
  const problems: Problem[] = [];
  let completed = delivery;
  for (;;) {
    try {
      makeEveryWorkflow(completed);
      return problems;
    } catch (error) {
      // The same again would not end: what is wanted did not help.
      if (!(error instanceof LackingCredential) || problems.some((problem) => isSame(problem, error.problem)))
        throw error;
      problems.push(error.problem);
      // With it, and looked at first, the workflows get as far as to the next one that is lacking.
      completed = { ...completed, credentials: [error.wanted, ...completed.credentials] };
    }
  }
}

const isSame = (one: Problem, other: Problem): boolean => one.path === other.path && one.message === other.message;

/**
 * Runs what generates workflows.
 *
 * @throws ProblemsError with every credential that is lacking, where one is
 */
export function withEveryCredential<Generated>(delivery: Delivery, generate: () => Generated): Generated {
  try {
    return generate();
  } catch (error) {
    if (error instanceof LackingCredential) throw new ProblemsError('the delivery', lackingCredentials(delivery));
    throw error;
  }
}

/**
 * Workflow files of one unit's branch. A local ops repository goes without those that lack a credential, because nothing runs them
 * there.
 *
 * @throws ProblemsError with every credential that is lacking, where the repository is not local
 */
export function branchWorkflows(delivery: Delivery, unit: Unit, isLocal: boolean): WorkflowFiles {
  try {
    return unitWorkflows(delivery, unit);
  } catch (error) {
    if (!(error instanceof LackingCredential)) throw error;
    if (isLocal) return new Map();
    throw new ProblemsError('the delivery', lackingCredentials(delivery));
  }
}
