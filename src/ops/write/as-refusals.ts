import { HostFailure } from '../../hosts/host-failure.ts';
import type { PullRequests } from '../../hosts/pull-requests.ts';
import { OpsError } from '../ops-error.ts';

/** The pull requests of a host, where a failure of the host is a refusal of the operation that asked. */
export function asRefusals(pullRequests: PullRequests): PullRequests {
  return {
    ...(pullRequests.whoAmI === undefined ? {} : { whoAmI: async () => pullRequests.whoAmI?.() }),
    listOpen: (base) => refused(pullRequests.listOpen(base)),
    newestDeclined: (head, base) => refused(pullRequests.newestDeclined(head, base)),
    ensure: (head, base, text) => refused(pullRequests.ensure(head, base, text)),
    close: (pullRequest, comment) => refused(pullRequests.close(pullRequest, comment)),
  };
}

/** @throws OpsError in place of a HostFailure */
async function refused<Answer>(asked: Promise<Answer>): Promise<Answer> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof HostFailure)) throw error;
    throw new OpsError(error.subject, [error.refusal], { cause: error });
  }
}
