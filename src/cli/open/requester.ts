import { userInfo } from 'node:os';
import { isRunByNobody } from '../run-by-nobody.ts';
import type { Requester } from '../../ops/ops-context.ts';

/** What tells whether a person asks. */
export interface Circumstances {
  /** Whether somebody sits at a terminal: standard input or standard error is one. @default true */
  readonly atTerminal?: boolean;
  /** Whether a person says so on purpose, with `--by-hand`, wherever the command runs. @default false */
  readonly byHand?: boolean;
}

/**
 * Who asks, as the release records it: the account and run of a workflow, else the account at the host, else the person at this machine.
 * A command counts as a person's where somebody sits at its terminal and no variable says otherwise, or where it says so itself.
 *
 * @param account - at the ops repository's host, by its token; what this machine says of a person counts less. @default - not known
 */
export function requesterOf(
  environment: NodeJS.ProcessEnv,
  account?: string,
  { atTerminal = true, byHand = false }: Circumstances = {},
): Requester {
  const run = environment['PORTOLAN_RUN'];
  const automatic = !byHand && (!atTerminal || isRunByNobody(environment, 'GITHUB_ACTIONS'));
  return {
    actor: account ?? environment['GITHUB_ACTOR'] ?? environment['USER'] ?? accountName(),
    ...(automatic ? { automatic } : {}),
    ...(run === undefined ? {} : { run }),
  };
}

/** A container may run as a user id without an account. */
function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
}
