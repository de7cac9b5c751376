import { nameOf, typed, unitOf, type UnitName } from '../../model/derived/units.ts';
import { isAppliedFrom } from '../branch/applied-from.ts';
import { changesTo, straysOf } from '../branch/branch-difference.ts';
import { completeBranch, renderBranch } from '../branch/branch-files.ts';
import { readBranch } from '../branch/branch-state.ts';
import type { OpsContext } from '../ops-context.ts';
import { OpsError } from '../ops-error.ts';
import { recordedId, wholeRelease } from '../release/release-record.ts';

/** Which state of a unit is looked at. */
export interface VerifyOptions extends UnitName {
  /** Commit of the ops repository, e.g. the head of a pull request. @default - the branch's tip */
  readonly revision?: string;
}

/** Whether a branch holds what the program renders. */
export interface BranchVerification extends UnitName {
  readonly commit: string;
  readonly release: string;
  /** Commit of the program that the release names. @default - not known */
  readonly program?: string;
  /** Whether this program is the one that the release names, with nothing uncommitted. */
  readonly sameProgram: boolean;
  /** Files that a fresh rendering would make differently. */
  readonly differing: readonly string[];
  /** Files that this program never wrote. */
  readonly strays: readonly string[];
  /** Those of them that the engine brings into the cluster. */
  readonly applied: readonly string[];
}

/**
 * Renders the release that a branch records, with this program, compares every file of ours, and looks for others.
 *
 * @throws OpsError when there is no such branch, or it is not ours
 */
export async function verify(context: OpsContext, { revision, ...named }: VerifyOptions): Promise<BranchVerification> {
  const unit = unitOf(context.delivery, named);
  const { repository, program } = context;
  const state = await readBranch(repository, context.delivery, unit, revision ?? (await repository.tip(unit.branch)));
  if (state.kind !== 'ours') {
    throw new OpsError(`${nameOf(unit)} cannot be verified`, [
      { code: 'no-branch', what: `${unit.branch} holds nothing yet`, next: `npx portolan publish ${typed(unit)}` },
    ]);
  }
  const content = await renderBranch(context, unit, wholeRelease(state.record.applications));
  const { files } = completeBranch(context.delivery.name, content, state.record, state);
  const recorded = state.record.program.commit;
  const strays = straysOf(state);
  return {
    environment: unit.environment,
    ...(unit.application === undefined ? {} : { application: unit.application }),
    commit: state.tip,
    release: recordedId(state.record),
    ...(recorded === undefined ? {} : { program: recorded }),
    sameProgram: recorded !== undefined && recorded === program.commit && !program.uncommitted,
    differing: [...changesTo(state, files).keys()].sort(),
    strays,
    applied: strays.filter((path) => isAppliedFrom(context.delivery, unit, path)),
  };
}
