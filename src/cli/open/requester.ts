import { userInfo } from 'node:os';
import type { Requester } from '../../ops/ops-context.ts';

/**
 * Who asks, as the release records it: the account and run of a workflow, else the account at the host, else the person at this machine.
 *
 * @param account - at the ops repository's host, by its token; what this machine says of a person counts less. @default - not known
 */
export function requesterOf(environment: NodeJS.ProcessEnv, account?: string): Requester {
  const run = environment['PORTOLAN_RUN'];
  const automatic = environment['GITHUB_ACTIONS'] === 'true';
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
