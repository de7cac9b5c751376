import { environmentOf } from '../../model/delivery.ts';
import type { Environment } from '../../model/environment.ts';
import { environmentBranch } from '../../model/names.ts';
import { releaseId } from '../../model/release.ts';
import { differenceOf, isSame } from '../branch/branch-difference.ts';
import { completeBranch, renderBranch, restoreBranch, type BranchFiles } from '../branch/branch-files.ts';
import { readBranch, type OwnBranch } from '../branch/branch-state.ts';
import { readToWrite } from '../branch/lost-branch.ts';
import { findEdits } from '../branch/find-edits.ts';
import { isSameRelease } from '../order/release-order.ts';
import type { OpsRepository } from '../repository/ops-repository.ts';
import { changeBy, clockTime, type OpsContext } from '../ops-context.ts';
import { OpsError, type Refusal } from '../ops-error.ts';
import { programRecord, refuseOlderProgram, refuseUnmerged } from '../program/refuse-program.ts';
import { wholeRelease, type Hold, type ReleaseRecord } from '../release/release-record.ts';
import { carryOut, proposalBranch } from '../write/carry-out.ts';
import type { Attempt } from '../write/land.ts';
import { routeOf, type WriteRoute } from '../write/route.ts';
import { recordBefore, stateBefore } from '../write/starting-point.ts';
import { writeFiles } from '../write/write-files.ts';
import type { Prepared, Written } from '../written/written.ts';
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
 * Brings an earlier state of an environment back as a new commit, to the byte and with the program that rendered it, and
 * holds it there: automation may not undo it.
 *
 * @throws OpsError with every reason why it did not
 */
export async function rollback(context: OpsContext, options: RollbackOptions): Promise<RollbackResult> {
  const environment = environmentOf(context.delivery, options.environment);
  const route = routeOf(context, environment.name, options);
  return carryOut<Prepared & Pick<RollbackResult, 'restored'>>(context, {
    environment: environment.name,
    route,
    proposalName: nameOf,
    decide: (tip) => decide(context, options, environment, route, tip),
  });
}

/** One pull request for one state that is brought back, whoever asks for it and why. */
const nameOf = ({ applications }: Pick<ReleaseRecord, 'applications'>): string =>
  `rollback-${releaseId(wholeRelease(applications))}`;

async function decide(
  context: OpsContext,
  options: RollbackOptions,
  environment: Environment,
  route: WriteRoute,
  tip: string | undefined,
): Promise<Attempt<Prepared & Pick<RollbackResult, 'restored'>>> {
  const { repository, delivery, program } = context;
  const { name } = environment;
  const failed = `${name} was not rolled back`;
  context.onStep?.({ name: 'read', environment: name });
  const state = await readToWrite(repository, delivery, name, tip, options);
  if (state.kind === 'lost') return toFirstRelease(context, options, environment, state);
  const before = recordBefore(state, failed, options);
  if (state.kind !== 'ours' || before === undefined)
    throw new OpsError(failed, [
      { code: 'no-branch', what: `nothing runs in ${name} yet`, next: `npx portolan publish ${name}` },
    ]);
  const target = await chooseTarget(repository, state, environmentBranch(name), options.to);
  const old = await readBranch(repository, delivery, name, target.commit);
  if (old.kind !== 'ours' || old.damage !== undefined)
    throw new OpsError(failed, [
      {
        code: 'not-found',
        what:
          old.kind === 'ours'
            ? `${target.commit.slice(0, 12)} is no state of ${name}: release.yaml or index.json was edited by hand there`
            : `${target.commit.slice(0, 12)} is not a state of ${name}`,
        next: `npx portolan history ${name}`,
      },
    ]);

  const own = holdOf(context, options, before, state.tip);
  const proposed = await reasonsProposed(context, route, name, proposalBranch(name, nameOf(target.record)));
  const record: ReleaseRecord = {
    environment: name,
    applications: target.record.applications,
    program: options.withCurrentProgram === true ? programRecord(program) : target.record.program,
    origin: { kind: 'rollback', to: { release: target.release, commit: target.commit } },
    change: {
      ...changeBy(context, 'rollback', stateBefore(state)),
      ...(options.emergency === undefined ? {} : { emergency: options.emergency }),
    },
    holds: [...before.holds.filter((hold) => !bringsBack(target.record, hold)), ...withOwn(proposed, own)],
  };
  const next =
    options.withCurrentProgram === true
      ? await render(context, environment, record)
      : await restoreBranch(repository, old, record);
  const refuse = async (): Promise<readonly Refusal[]> =>
    options.withCurrentProgram === true
      ? [
          ...(await refuseUnmerged(program, repository.isLocal, options)),
          ...(await refuseOlderProgram(program, before.program, options)),
        ]
      : [];
  const attempt = await writeFiles(context, {
    environment: name,
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
  const done = `${name} is at ${target.release} already; "--to REV" goes further back, and "npx portolan history ${name}" lists what there is${notOnRecord(options, before)}`;
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

async function render(context: OpsContext, environment: Environment, record: ReleaseRecord): Promise<BranchFiles> {
  context.onStep?.({ name: 'render', environment: environment.name });
  return completeBranch(
    context.delivery.name,
    await renderBranch(context, environment, wholeRelease(record.applications)),
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
function notOnRecord({ environment, reason }: RollbackOptions, { holds }: ReleaseRecord): string {
  const isKnown = reason === undefined || holds.some((hold) => hold.reason === reason);
  if (holds.length > 0 && isKnown) return '';
  return `; ${holds.length === 0 ? 'it is not held' : 'this reason is not on record'}: "npx portolan hold ${environment} --reason TEXT"`;
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
      release: releaseId(wholeRelease(before.applications)),
      commit: tip,
      applications: before.applications,
      ...(before.program.commit === undefined ? {} : { program: before.program.commit }),
    },
  };
}
