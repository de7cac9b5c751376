import { environmentOf } from '../../model/delivery.ts';
import { nameOf, type Unit, type UnitName } from '../../model/derived/units.ts';
import { releaseId, type Release } from '../../model/release.ts';
import type { Stage } from '../../model/stage.ts';
import { completeBranch, renderBranch } from '../branch/branch-files.ts';
import { readToWrite } from '../branch/lost-branch.ts';
import { refuseElsewhere } from '../branch/release-elsewhere.ts';
import { describeEndedHolds } from '../order/describe-hold.ts';
import { compareReleases } from '../order/release-order.ts';
import { changeBy, type OpsContext } from '../ops-context.ts';
import type { Ancestry } from '../program/ancestry.ts';
import {
  programRecord,
  refuseOlderProgram,
  refuseUnmerged,
  type ProgramAllowances,
} from '../program/refuse-program.ts';
import { artifactsOf } from '../../model/derived/object-images.ts';
import { splitRelease } from '../release/application-releases.ts';
import { wholeRelease, type ReleaseRecord } from '../release/release-record.ts';
import { explained } from '../repository/repository-failure.ts';
import { carryOut } from '../write/carry-out.ts';
import type { ProposeOptions } from '../write/propose.ts';
import type { Attempt } from '../write/land.ts';
import { routeOf, type WriteRoute, type RouteOptions } from '../write/route.ts';
import { recordBefore, rendersTheSame, stateBefore } from '../write/starting-point.ts';
import { superseded } from '../write/superseded.ts';
import { writeFiles, type WriteAllowances } from '../write/write-files.ts';
import type { Prepared, Written } from '../written/written.ts';
import { addTags, type AddTag } from './add-tags.ts';
import { bringIn, type Incoming, type IncomingOptions } from './bring-in.ts';
import { FIRST, judgeEntry, type EntryAllowances } from './judge-entry.ts';
import { judgeProgramChanges, programChanges } from './program-changes.ts';
import { merged, refuseMissing, versionShown } from './release-to-run.ts';
import { judgeBits } from './same-bits.ts';
import { refusePushedAgain } from '../registry/refuse-pushed-again.ts';
import { refuseUntagged } from './refuse-untagged.ts';
import { unitNamed } from '../unit-named.ts';
import { stageToEnter } from './stage-to-enter.ts';

/** What a person allows a promotion, and who tells it which commit is newer. */
export interface PromotionAllowances extends ProgramAllowances, WriteAllowances, EntryAllowances {
  /** Ancestry of the source's commits. @default - that of the program, which lives beside the source */
  readonly sources?: Ancestry;
}

/** What to promote, and what a person allows. */
export interface PromoteOptions
  extends
    UnitName,
    PromotionAllowances,
    IncomingOptions,
    Pick<RouteOptions, 'pullRequest'>,
    Pick<ProposeOptions<Prepared>, 'heedsDeclined'> {
  /**
   * Adds a tag to an image in its registry, once nothing speaks against the release and before its branch moves.
   * @default - no tag is added
   */
  readonly addTag?: AddTag;
}

/** What a promotion did. */
export type PromoteResult = Written;

/** A promotion on its way: who wants what where. */
interface Promotion {
  readonly context: OpsContext;
  readonly options: PromotionAllowances;
  readonly unit: Unit;
  readonly stage: Stage;
  readonly sources: Ancestry;
  readonly incoming: Incoming;
  readonly addTag?: AddTag;
  readonly route: WriteRoute;
  /** Whether what this program changes besides comes along unseen. @default false */
  readonly acceptProgram?: boolean;
  /** Whether what somebody closed without a merge stays closed. @default false */
  readonly heedsDeclined?: boolean;
}

/**
 * Moves a release into an environment: from a build, or the very bits that another environment verified. An older release
 * never replaces a newer one; the same promotion twice is one commit.
 *
 * @throws OpsError with every reason why it did not, ProblemsError when what was given is wrong
 */
export async function promote(context: OpsContext, options: PromoteOptions): Promise<PromoteResult> {
  const unit = unitNamed(context.delivery, options, 'was not promoted');
  const stage = stageToEnter(context.delivery, unit);
  const route = routeOf(context, unit, options);
  const { addTag, sources = context.program.ancestry } = options;
  const incoming = await explained(context.repository.shown, () => bringIn(context, unit, stage, options, sources));
  await refuseUntagged(unit, stage, incoming.release, sources);
  const uncompared = await refusePushedAgain(context.delivery, unit, incoming.release, options.resolveDigest);
  return enter({
    context,
    options,
    unit,
    stage,
    sources,
    incoming: { ...incoming, notices: [...incoming.notices, ...uncompared] },
    ...(addTag === undefined ? {} : { addTag }),
    route,
    acceptProgram: options.source.kind === 'environment' && options.source.acceptProgram === true,
    heedsDeclined: options.heedsDeclined === true,
  });
}

/**
 * Proposes again what an open pull request proposes, from the tip that its branch has now.
 *
 * @throws OpsError with every reason why it did not
 */
export async function promoteAgain(
  context: OpsContext,
  unit: Unit,
  record: ReleaseRecord,
  options: PromotionAllowances = {},
): Promise<PromoteResult> {
  const stage = stageToEnter(context.delivery, unit);
  const release = record.applications[stage.application] ?? { images: {} };
  const incoming: Incoming = { release, origin: record.origin, notices: [] };
  const route = routeOf(context, unit, { pullRequest: true });
  return enter({
    context,
    options,
    unit,
    stage,
    sources: options.sources ?? context.program.ancestry,
    incoming,
    route,
  });
}

async function enter(promotion: Promotion): Promise<PromoteResult> {
  const { context, options, unit, stage, sources, incoming, route, heedsDeclined = false } = promotion;
  const proposed = ({ change, applications }: ReleaseRecord): Release | undefined =>
    change.kind === 'promote' ? applications[stage.application] : undefined;
  return carryOut<Prepared>(context, {
    unit,
    route,
    heedsDeclined,
    proposalName: () => releaseId(incoming.release),
    decide: (tip) => decide(promotion, tip),
    standing: async (open) => {
      const there = proposed(open);
      if (there === undefined) return 'apart';
      if (options.allowOlder === true) return 'older';
      const { relation } = await compareReleases(context.delivery, stage, there, incoming.release, sources);
      return relation === 'newer' || relation === 'older' ? relation : 'unordered';
    },
    superseded: ({ url }) => superseded(unit, incoming.release, `the pull request ${url} proposes a newer release`),
  });
}

async function decide(
  { context, options, unit, stage, sources, incoming, addTag, route, acceptProgram = false }: Promotion,
  tip: string | undefined,
): Promise<Attempt<Prepared>> {
  const { repository, delivery, program, requester } = context;
  const environment = environmentOf(delivery, unit.environment);
  const { name } = environment;
  const failed = `${nameOf(unit)} was not promoted`;
  context.onStep?.({ name: 'read', environment: name });
  const state = await readToWrite(repository, delivery, unit, tip, options);
  const before = recordBefore(state, failed, options);
  await refuseElsewhere(context, unit, state, failed);
  const applications =
    before?.applications ?? splitRelease(environment, unit, delivery.initialReleases[name] ?? { images: {} });
  const current = applications[stage.application] ?? { images: {} };
  const release = merged(delivery, incoming.release, current, artifactsOf(environment, stage.application));
  const entry =
    before === undefined
      ? FIRST
      : await judgeEntry({ delivery, unit, stage, release, program, requester, sources }, current, before, options);
  if (entry.supersededBy !== undefined)
    return { kind: 'nothing', result: superseded(unit, release, entry.supersededBy, state) };
  refuseMissing(environment, unit, stage, release);
  const bits = entry.isSame
    ? { refusals: [], notices: [] }
    : await judgeBits(context, unit, tip, incoming.release, incoming.origin.kind === 'promotion');

  context.onStep?.({ name: 'render', environment: name });
  const next = { ...applications, [stage.application]: release };
  const content = await renderBranch(context, unit, wholeRelease(next));
  const record: ReleaseRecord = {
    environment: name,
    applications: next,
    program: programRecord(program),
    origin: entry.isSame && before !== undefined ? before.origin : incoming.origin,
    change: changeBy(context, unit, 'promote', stateBefore(state)),
    holds: entry.holds,
  };
  const files = completeBranch(delivery.name, content, record);
  const along =
    incoming.origin.kind === 'promotion' && state.kind === 'ours'
      ? await programChanges(context, unit, state, files, wholeRelease(applications))
      : [];
  const judged = judgeProgramChanges(unit, along, route, acceptProgram);
  const attempt = await writeFiles(context, {
    unit,
    state,
    next: files,
    record,
    subject: stage.write.message.replaceAll('{version}', versionShown(release)).replaceAll('{environment}', name),
    failed,
    isUnchanged: entry.isSame && rendersTheSame(delivery.name, state, content),
    refuse: async () => [
      ...(await refuseUnmerged(program, repository.isLocal, options)),
      ...(before === undefined ? [] : await refuseOlderProgram(program, before.program, options)),
      ...entry.refusals,
      ...bits.refusals,
      ...judged.refusals,
    ],
    allowances: options,
  });
  const untagged = addTag === undefined ? [] : await addTags(incoming.release, addTag);
  const ended = attempt.kind === 'commit' ? describeEndedHolds(before?.holds ?? [], entry.holds, release) : [];
  return {
    ...attempt,
    result: {
      ...attempt.result,
      notices: [
        ...incoming.notices,
        ...judged.notices,
        ...untagged,
        ...bits.notices,
        ...ended,
        ...(attempt.kind === 'commit' && entry.besides !== undefined ? [entry.besides] : []),
        ...attempt.result.notices,
      ],
    },
  };
}
