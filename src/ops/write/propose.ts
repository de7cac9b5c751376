import { nameOf, type Unit } from '../../model/derived/units.ts';
import type { OpsContext } from '../ops-context.ts';
import { OpsError } from '../ops-error.ts';
import type { ReleaseRecord } from '../release/release-record.ts';
import type { Decide, Landed } from './land.ts';
import { leaveOneOpen } from './leave-one-open.ts';
import { openProposals } from './open-proposals.ts';
import { describeFiles } from '../written/proposal-text.ts';
import type { PullRequest, PullRequests } from '../../hosts/pull-requests.ts';
import { pushProposal, recordPullRequest } from './push-proposal.ts';
import { retryWhenMoved } from './retry-moved.ts';
import { soFar } from './so-far.ts';
import type { StandingOf } from './standing.ts';
import type { Prepared } from '../written/written.ts';

/** A proposed write: what decides it, and the branch of its pull request. */
export interface ProposeOptions<Result> {
  readonly unit: Unit;
  readonly pullRequests: PullRequests;
  readonly decide: Decide<Result>;
  /** Branch of the pull request, e.g. `promote/prod/v1.2.0`. */
  readonly head: (record: ReleaseRecord) => string;
  /**
   * How an open proposal of this record stands to the new one. One that is newer makes the new one pointless; any other that is not apart
   * is closed in favour of it. @default - each is apart
   */
  readonly standing?: StandingOf;
  /** Whether a person who closed its pull request without a merge is heeded: then it is not opened again. @default false */
  readonly heedsDeclined?: boolean;
  /** What is returned when the new one is pointless. */
  readonly superseded?: (by: PullRequest) => Result;
}

/**
 * Decides a write and opens one pull request for it, or brings the open one up to date. The branch of a pull request is
 * generated and nobody else's: it is replaced, from the tip that was seen, when the environment's branch moved under it.
 */
export async function propose<Result extends Prepared>(
  context: OpsContext,
  options: ProposeOptions<Result>,
): Promise<Landed<Result>> {
  const { repository } = context;
  const { unit, pullRequests, decide, superseded } = options;
  const { branch: base, environment } = unit;
  return retryWhenMoved(context, unit, async (attempts) => {
    const tip = await repository.tip(base);
    if (tip === undefined) throw noBranch(unit);
    const decided = await decide(tip);
    if (decided.kind === 'nothing') return { result: decided.result, attempts };
    const head = options.head(decided.record);
    const open = await soFar('nothing was changed', () => openProposals(context, pullRequests, unit));
    for (const { pullRequest, record } of open) {
      if (pullRequest.head === head || record === undefined || superseded === undefined) continue;
      if ((await options.standing?.(record)) === 'newer') return { result: superseded(pullRequest), attempts };
    }

    const isOpen = open.some(({ pullRequest }) => pullRequest.head === head);
    if (options.heedsDeclined === true && !isOpen) {
      const declined = await soFar('nothing was changed', () => pullRequests.newestDeclined(head, base));
      if (declined !== undefined) throw wasDeclined(unit, declined);
    }

    context.onStep?.({ name: 'land', environment });
    const { commit, record, subject } = decided;
    const wanted = { unit, head, commit, record, subject, base: tip };
    const proposed = { ...wanted, commit: await pushProposal(context, wanted, isOpen) };
    const result = { ...decided.result, outcome: 'proposed' as const, commit: proposed.commit };
    const describe = context.describeProposal ?? describeFiles;
    const text = await describe({ subject, record, written: result });
    const pushed = `the branch ${head} is pushed, its pull request is not up to date`;
    const pullRequest = await soFar(pushed, () => pullRequests.ensure(head, base, text));
    const opened = `the pull request ${pullRequest.url} is open`;
    const own = { pullRequest, tip: proposed.commit };
    const newer =
      options.standing === undefined
        ? undefined
        : await leaveOneOpen(context, { unit, pullRequests, own, opened, standing: options.standing });
    if (newer !== undefined && superseded !== undefined) return { result: superseded(newer), attempts };
    const recorded = await soFar(opened, () => recordPullRequest(context, proposed, pullRequest.url));
    context.onStep?.({ name: 'landed', environment });
    return { result: { ...result, commit: recorded, pullRequest }, attempts };
  });
}

const wasDeclined = (unit: Unit, { url }: PullRequest): OpsError =>
  new OpsError(`${nameOf(unit)} was not touched`, [
    {
      code: 'declined',
      what: `${url} proposed it, and was closed without a merge`,
      next: 'open the pull request again, or promote by hand',
    },
  ]);

const noBranch = (unit: Unit): OpsError =>
  new OpsError(`${nameOf(unit)} was not touched`, [
    {
      code: 'no-branch',
      what: `there is no branch ${unit.branch} yet that a pull request could go to`,
      next: `run "pulumi up --stack ${unit.environment}", or push an empty first commit to it`,
    },
  ]);
