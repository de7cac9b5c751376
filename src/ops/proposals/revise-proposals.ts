import { environmentOf } from '../../model/delivery.ts';
import { environmentBranch } from '../../model/names.ts';
import { git } from '../git/run-git.ts';
import { hold, unhold } from '../hold/hold.ts';
import type { OpsContext, Requester } from '../ops-context.ts';
import { OpsError } from '../ops-error.ts';
import { promoteAgain } from '../promote/promote.ts';
import { publish } from '../publish/publish.ts';
import type { ReleaseRecord } from '../release/release-record.ts';
import { rollback } from '../rollback/rollback.ts';
import { closeProposal, openProposals } from '../write/open-proposals.ts';
import type { PullRequest, PullRequests } from '../write/pull-requests.ts';
import type { Written } from '../write/written.ts';

/** What became of an open pull request whose branch had moved under it. */
export interface Revised {
  readonly pullRequest: PullRequest;
  readonly outcome: 'current' | 'rendered again' | 'closed';
  /** Why it was closed. @default - it is open */
  readonly because?: string;
}

/**
 * Goes through the open pull requests to an environment after its branch moved: each that does not stand on the new tip is
 * decided and rendered again from there, or closed when it has become pointless or is refused. Nothing is merged textually.
 *
 * @throws OpsError when the ops repository or its host fails
 */
export async function reviseProposals(context: OpsContext, name: string): Promise<readonly Revised[]> {
  const { pullRequests, repository } = context;
  if (pullRequests === undefined) return [];
  const environment = environmentOf(context.delivery, name).name;
  const base = environmentBranch(environment);
  const tip = await repository.tip(base);
  const revised: Revised[] = [];
  for (const proposal of await openProposals(context, pullRequests, base)) {
    const { pullRequest, record } = proposal;
    if (proposal.tip === undefined || record === undefined) continue;
    if ((await parentOf(repository.gitDir, proposal.tip)) === tip) {
      revised.push({ pullRequest, outcome: 'current' });
      continue;
    }
    const because = await again({ ...context, requester: askedBy(record) }, environment, record, pullRequests);
    if (because !== undefined) await closeProposal(context, pullRequests, proposal, `Closed: ${because}`);
    revised.push(because === undefined ? { pullRequest, outcome: 'rendered again' } : { pullRequest, outcome: 'closed', because });
  }
  return revised;
}

/** Asks for the same once more. @returns why there is nothing to propose any more; undefined when it is proposed again */
async function again(context: OpsContext, environment: string, record: ReleaseRecord, pullRequests: PullRequests): Promise<string | undefined> {
  try {
    const { outcome, supersededBy } = await askAgain({ ...context, pullRequests }, environment, record);
    if (outcome === 'proposed') return undefined;
    return supersededBy ?? `${environmentBranch(environment)} holds it already`;
  } catch (error) {
    if (!(error instanceof OpsError) || UNSURE.has(error.code)) throw error;
    return error.refusals.map(({ what }) => what).join('\n');
  }
}

/** Failures that say nothing about the proposal. */
const UNSURE: ReadonlySet<OpsError['code']> = new Set(['unreachable', 'denied', 'busy', 'disk-full', 'no-git', 'timeout', 'git-failed', 'not-a-repository']);

function askAgain(context: OpsContext, environment: string, record: ReleaseRecord): Promise<Written> {
  const [last] = record.holds.slice(-1);
  switch (record.change.kind) {
    case 'publish':
      return publish(context, { environment, pullRequest: true });
    case 'promote':
      return promoteAgain(context, record);
    case 'rollback':
      return rollback(context, { environment, pullRequest: true, ...(record.origin.kind === 'rollback' ? { to: record.origin.to.commit } : {}), ...(last === undefined ? {} : { reason: last.reason }) });
    case 'hold':
      return hold(context, { environment, pullRequest: true, reason: last?.reason ?? 'held' });
    case 'unhold':
      return unhold(context, { environment, pullRequest: true });
  }
}

const askedBy = ({ change: { by, automatic, run } }: ReleaseRecord): Requester => ({ actor: by, ...(automatic === undefined ? {} : { automatic }), ...(run === undefined ? {} : { run }) });

async function parentOf(gitDir: string, commit: string): Promise<string | undefined> {
  const line = (await git(['rev-list', '--parents', '--max-count=1', '--end-of-options', commit], { gitDir })).toString('utf8').trim();
  return line.split(' ')[1];
}
