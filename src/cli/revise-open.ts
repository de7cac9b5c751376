import { nameOf, type Unit } from '../model/derived/units.ts';
import type { OpsContext } from '../ops/ops-context.ts';
import { reviseProposals, type Revised } from '../ops/proposals/revise-proposals.ts';
import { soFar } from '../ops/write/so-far.ts';
import type { Terminal } from './terminal.ts';

/**
 * Brings the open pull requests to an environment up to date, whose branch has moved under them: each is rendered again from the new
 * tip, or closed. Does nothing where the ops repository's host has none.
 */
export async function reviseOpen(ops: OpsContext, unit: Unit, terminal: Terminal): Promise<readonly Revised[]> {
  if (ops.pullRequests === undefined) return [];
  const done = `what was asked of ${nameOf(unit)} is done, and its other pull requests may stand on an older state`;
  const revised = await soFar(done, () => reviseProposals(ops, unit));
  for (const { pullRequest, outcome, because } of revised)
    if (outcome !== 'current') terminal.say(`${nameOf(unit)}: ${pullRequest.url} ${wordsFor(outcome, because)}`);
  return revised;
}

function wordsFor(outcome: Exclude<Revised['outcome'], 'current'>, because = 'the branch moved'): string {
  switch (outcome) {
    case 'rendered again':
      return 'rendered again, because the branch moved';
    case 'closed':
      return `closed: ${because}`;
    case 'left':
      return `left as it is, to be rendered again from a newer checkout: ${because}`;
  }
}
