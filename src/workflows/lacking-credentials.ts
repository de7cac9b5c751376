import type { Delivery } from '../model/delivery.ts';
import type { Problem } from '../model/problem.ts';
import { LackingCredential } from '../hosts/workflow/lacking-credential.ts';
import { environmentWorkflows, repositoryWorkflows } from './workflows-of.ts';

/** Every credential that a generated workflow needs and the delivery does not declare. */
export function lackingCredentials(delivery: Delivery): readonly Problem[] {
  const problems: Problem[] = [];
  let completed = delivery;
  for (;;) {
    try {
      repositoryWorkflows(completed);
      for (const { name } of completed.environments) environmentWorkflows(completed, name);
      return problems;
    } catch (error) {
      if (!(error instanceof LackingCredential)) throw error;
      problems.push(error.problem);
      // With it, the workflows get as far as to the next one that is lacking.
      completed = { ...completed, credentials: [...completed.credentials, error.wanted] };
    }
  }
}
