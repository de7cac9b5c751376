import { nameOf, typed, type Unit } from '../../model/derived/units.ts';
import { differenceOf, isSame } from '../branch/branch-difference.ts';
import { completeBranch, renderBranch, restoreBranch, type BranchFiles } from '../branch/branch-files.ts';
import { readBranch, type OwnBranch } from '../branch/branch-state.ts';
import { readToWrite } from '../branch/lost-branch.ts';
import { refuseElsewhere } from '../branch/release-elsewhere.ts';
import { findEdits } from '../branch/find-edits.ts';
import { isSameRelease } from '../order/release-order.ts';
import type { OpsRepository } from '../repository/ops-repository.ts';
import { changeBy, clockTime, type OpsContext } from '../ops-context.ts';
import { OpsError, type Refusal } from '../ops-error.ts';
import { programRecord, refuseOlderProgram, refuseUnmerged } from '../program/refuse-program.ts';
import { recordedId, wholeRelease, type Hold, type ReleaseRecord } from '../release/release-record.ts';
import { carryOut, proposalBranch } from '../write/carry-out.ts';
import type { Attempt } from '../write/land.ts';
import { routeOf, type WriteRoute } from '../write/route.ts';
import { recordBefore, stateBefore } from '../write/starting-point.ts';
import { writeFiles } from '../write/write-files.ts';
import type { Prepared, Written } from '../written/written.ts';
import { unitNamed } from '../unit-named.ts';
import { chooseTarget } from './choose-target.ts';
import type { RollbackOptions } from './rollback-options.ts';
import { toFirstRelease } from './to-first-release.ts';
import { reasonsProposed } from './reasons-proposed.ts';
import { stuckNotices } from './stuck-notices.ts';

/** What a rollback did. */
export interface RollbackResult extends Written {
  /** Commit of the ops repository whose state was brought back. @default - none could be, and the first release that the program names is there */
  readonly restored?: string;
}

/**
 * Brings an earlier state of a unit back as a new commit, to the byte and with the program that rendered it, and
 * holds it there: automation may not undo it.
 *
 * @throws OpsError with every reason why it did not
 */
export async function rollback(context: OpsContext, options: RollbackOptions): Promise<RollbackResult> {
  const unit = unitNamed(context.delivery, options, 'was not rolled back');
  const route = routeOf(context, unit, options);
  return carryOut<Prepared & Pick<RollbackResult, 'restored'>>(context, {
    unit,
    route,
    proposalName: proposalNameOf,
    decide: (tip) => decide(context, options, unit, route, tip),
  });
}

/** One pull request for one state that is brought back, whoever asks for it and why. */
const proposalNameOf = (record: Pick<ReleaseRecord, 'applications'>): string => `rollback-${recordedId(record)}`;

async function decide(
  context: OpsContext,
  options: RollbackOptions,
  unit: Unit,
  route: WriteRoute,
  tip: string | undefined,
): Promise<Attempt<Prepared & Pick<RollbackResult, 'restored'>>> {
  const { repository, delivery, program } = context;
  const name = nameOf(unit);
  const failed = `${name} was not rolled back`;
  context.onStep?.({ name: 'read', environment: unit.environment });
  const state = await readToWrite(repository, delivery, unit, tip, options);
  await refuseElsewhere(context, unit, state, failed);
  if (state.kind === 'lost') return toFirstRelease(context, options, unit, state);
  const before = recordBefore(state, failed, options);
  if (state.kind !== 'ours' || before === undefined)
    throw new OpsError(failed, [
      { code: 'no-branch', what: `nothing runs in ${name} yet`, next: `npx portolan publish ${typed(unit)}` },
    ]);
  const target = await chooseTarget(repository, state, unit, options.to);
  const old = await readBranch(repository, delivery, unit, target.commit);
  if (old.kind !== 'ours' || old.damage !== undefined)
    throw new OpsError(failed, [
      {
        code: 'not-found',
        what:
          old.kind === 'ours'
            ? `${target.commit.slice(0, 12)} is no state of ${name}: release.yaml or index.json was edited by hand there`
            : `${target.commit.slice(0, 12)} is not a state of ${name}`,
        next: `npx portolan history ${typed(unit)}`,
      },
    ]);

  const own = holdOf(context, options, before, state.tip);
  const proposed = await reasonsProposed(context, route, unit, proposalBranch(unit, proposalNameOf(target.record)));
  const record: ReleaseRecord = {
    environment: unit.environment,
    applications: target.record.applications,
    program: options.withCurrentProgram === true ? programRecord(program) : target.record.program,
    origin: { kind: 'rollback', to: { release: target.release, commit: target.commit } },
    change: {
      ...changeBy(context, unit, 'rollback', stateBefore(state)),
      ...(options.emergency === undefined ? {} : { emergency: options.emergency }),
    },
    holds: [...before.holds.filter((hold) => !bringsBack(target.record, hold)), ...withOwn(proposed, own)],
  };
  const next =
    options.withCurrentProgram === true
      ? await render(context, unit, record)
      : await restoreBranch(repository, old, record);
  const refuse = async (): Promise<readonly Refusal[]> =>
    options.withCurrentProgram === true
      ? [
          ...(await refuseUnmerged(program, repository.isLocal, options)),
          ...(await refuseOlderProgram(program, before.program, options)),
        ]
      : [];
  const attempt = await writeFiles(context, {
    unit,
    state,
    next,
    record,
    subject: `Roll ${name} back to ${target.release} of ${target.record.change.at}`,
    failed,
    isUnchanged: isSame(differenceOf(state, next.files)),
    isRestored: options.withCurrentProgram !== true,
    refuse,
    allowances: options,
  });
  const done = `${name} is at ${target.release} already; "--to REV" goes further back, and "npx portolan history ${typed(unit)}" lists what there is${notOnRecord(unit, options, before)}`;
  const notices =
    attempt.kind === 'commit'
      ? [
          ...attempt.result.notices,
          ...(options.withCurrentProgram === true ? [] : await editsBroughtBack(repository, old)),
          ...stuckNotices(next, attempt.result),
        ]
      : [done];
  return { ...attempt, result: { ...attempt.result, notices, restored: target.commit } };
}

async function render(context: OpsContext, unit: Unit, record: ReleaseRecord): Promise<BranchFiles> {
  context.onStep?.({ name: 'render', environment: unit.environment });
  return completeBranch(
    context.delivery.name,
    await renderBranch(context, unit, wholeRelease(record.applications)),
    record,
  );
}

/** Whether a state is the one that a rollback took away: bringing it back ends what held it. */
const bringsBack = ({ applications, program }: ReleaseRecord, hold: Hold): boolean =>
  hold.kind === 'rollback' &&
  isSameRelease(wholeRelease(hold.of.applications), wholeRelease(applications)) &&
  hold.of.program === program.commit;

/** Says which edits by hand an earlier state has, which come back with it. */
async function editsBroughtBack(repository: OpsRepository, old: OwnBranch): Promise<readonly string[]> {
  return (await findEdits(repository, old)).map(
    ({ path, what, by }) =>
      `the state that was brought back has an edit by hand: ${path} ${what}${by === undefined ? '' : ` in ${by.commit.slice(0, 12)} by ${by.author}`}`,
  );
}

/** The holds that were proposed already, now of what this rollback takes away, and its own unless it is among them. */
function withOwn(proposed: readonly Hold[], own: Hold & { readonly kind: 'rollback' }): readonly Hold[] {
  const before = proposed.map(({ by, reason, since }): Hold => ({ ...own, by, reason, since }));
  return before.some(({ by, reason }) => by === own.by && reason === own.reason) ? before : [...before, own];
}

/** What a rollback that has nothing to do does not put on record either. */
function notOnRecord(unit: Unit, { reason }: RollbackOptions, { holds }: ReleaseRecord): string {
  const isKnown = reason === undefined || holds.some((hold) => hold.reason === reason);
  if (holds.length > 0 && isKnown) return '';
  return `; ${holds.length === 0 ? 'it is not held' : 'this reason is not on record'}: "npx portolan hold ${typed(unit)} --reason TEXT"`;
}

function holdOf(
  context: OpsContext,
  { reason, emergency }: RollbackOptions,
  before: ReleaseRecord,
  tip: string,
): Hold & { readonly kind: 'rollback' } {
  return {
    kind: 'rollback',
    reason: reason ?? emergency ?? 'rolled back',
    by: context.requester.actor,
    since: clockTime(context),
    of: {
      release: recordedId(before),
      commit: tip,
      applications: before.applications,
      ...(before.program.commit === undefined ? {} : { program: before.program.commit }),
    },
  };
}
