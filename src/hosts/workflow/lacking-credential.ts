import type { Credential } from '../../model/credential.ts';
import type { Problem } from '../../model/problem.ts';

/** A workflow needs a credential that the delivery does not declare. */
export class LackingCredential extends Error {
  constructor(
    /** What is lacking, where it would be declared. */
    readonly problem: Problem,
    /** The credential as it could be declared. */
    readonly wanted: Credential,
  ) {
    super(`portolan: ${problem.path}: ${problem.message}`);
    this.name = 'LackingCredential';
  }
}
