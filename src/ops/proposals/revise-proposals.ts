import { unitNameOf, unitOf, type Unit, type UnitName } from '../../model/derived/units.ts';
import { git } from '../git/run-git.ts';
import { hold, unhold } from '../hold/hold.ts';
import type { OpsContext, Requester } from '../ops-context.ts';
import { OpsError } from '../ops-error.ts';
import { promoteAgain } from '../promote/promote.ts';
import { publish } from '../publish/publish.ts';
import { recordedId, type ReleaseRecord } from '../release/release-record.ts';
import { rollback } from '../rollback/rollback.ts';
import { closeProposal, openProposals } from '../write/open-proposals.ts';
import type { PullRequest, PullRequests } from '../../hosts/pull-requests.ts';
import type { Written } from '../written/written.ts';

/** What became of an open pull request whose branch had moved under it. */
export interface Revised {
  readonly pullRequest: PullRequest;
  readonly outcome: 'current' | 'rendered again' | 'closed' | 'left';
  /** Why it was closed, or left as it was. @default - it stands on the tip of the branch */
  readonly because?: string;
}

/**
 * Goes through the open pull requests to a unit after its branch moved: each that does not stand on the new tip is
 * decided and rendered again from there, or closed when it has become pointless or is refused. Nothing is merged textually. Where
 * only the program at hand is not fit to render it, it is left for another run: nobody can merge it meanwhile.
 *
 * @throws OpsError when the ops repository or its host fails
 */
export async function reviseProposals(context: OpsContext, named: UnitName): Promise<readonly Revised[]> {
  const { pullRequests, repository } = context;
  if (pullRequests === undefined) return [];
  const unit = unitOf(context.delivery, named);
  const tip = await repository.tip(unit.branch);
  const revised: Revised[] = [];
  for (const proposal of await openProposals(context, pullRequests, unit)) {
    const { pullRequest, record } = proposal;
    if (proposal.tip === undefined || record === undefined) continue;
    if ((await parentOf(repository.gitDir, proposal.tip)) === tip) {
      revised.push({ pullRequest, outcome: 'current' });
      continue;
    }
    const what = await again({ ...context, requester: askedBy(record) }, unit, record, pullRequests);
    if (what.outcome === 'closed')
      await closeProposal(context, pullRequests, proposal, `Closed: ${what.because ?? ''}`);
    revised.push({ pullRequest, ...what });
  }
  return revised;
}

/** Asks for the same once more. */
async function again(
  context: OpsContext,
  unit: Unit,
  record: ReleaseRecord,
  pullRequests: PullRequests,
): Promise<Omit<Revised, 'pullRequest'>> {
  try {
    const { outcome, supersededBy } = await askAgain({ ...context, pullRequests }, unit, record);
    if (outcome === 'proposed') return { outcome: 'rendered again' };
    return { outcome: 'closed', because: supersededBy ?? `${unit.branch} holds it already` };
  } catch (error) {
    if (!(error instanceof OpsError) || UNSURE.has(error.code)) throw error;
    const reasons = error.refusals.filter(({ code }) => !OF_THE_PROGRAM.has(code));
    const [outcome, told] = reasons.length === 0 ? (['left', error.refusals] as const) : (['closed', reasons] as const);
    return { outcome, because: told.map(({ what }) => what).join('\n') };
  }
}

/** Failures that say nothing about the proposal. */
const UNSURE: ReadonlySet<OpsError['code']> = new Set([
  'unreachable',
  'denied',
  'rate-limited',
  'busy',
  'disk-full',
  'no-git',
  'timeout',
  'git-failed',
  'not-a-repository',
]);

/** Reasons that speak against the program that was run, or the moment, not against what is proposed. */
const OF_THE_PROGRAM: ReadonlySet<OpsError['code']> = new Set([
  'older-program',
  'unmerged',
  'unknown-ancestry',
  'bootstrap-first',
]);

function askAgain(context: OpsContext, unit: Unit, record: ReleaseRecord): Promise<Written> {
  // Several people may have asked for one rollback, and each has a hold with a reason.
  const [last] = record.holds.filter(({ by }) => by === record.change.by).slice(-1);
  const named = unitNameOf(unit);
  switch (record.change.kind) {
    case 'publish':
      return publish(context, { ...named, pullRequest: true });
    case 'promote':
      return promoteAgain(context, unit, record);
    case 'rollback':
      return rollback(context, {
        ...named,
        pullRequest: true,
        // The first release came where no state could be believed; on a branch that is whole again it is a state like others.
        to: record.origin.kind === 'rollback' ? record.origin.to.commit : recordedId(record),
        ...(last === undefined ? {} : { reason: last.reason }),
      });
    case 'hold':
      return hold(context, { ...named, pullRequest: true, reason: last?.reason ?? 'held' });
    case 'unhold':
      return unhold(context, { ...named, pullRequest: true });
    case 'moved':
      throw new Error('portolan: what others moved is in their commits, and no release.yaml says so');
  }
}

const askedBy = ({ change: { by, automatic, run } }: ReleaseRecord): Requester => ({
  actor: by,
  ...(automatic === undefined ? {} : { automatic }),
  ...(run === undefined ? {} : { run }),
});

async function parentOf(gitDir: string, commit: string): Promise<string | undefined> {
  const line = (await git(['rev-list', '--parents', '--max-count=1', '--end-of-options', commit], { gitDir }))
    .toString('utf8')
    .trim();
  return line.split(' ')[1];
}
