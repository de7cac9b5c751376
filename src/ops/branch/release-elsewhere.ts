import type { Delivery } from '../../model/delivery.ts';
import { environmentOf } from '../../model/delivery.ts';
import { applicationsOf, nameOf, unitBefore, type Unit } from '../../model/derived/units.ts';
import type { OpsRepository } from '../repository/ops-repository.ts';
import { OpsError } from '../ops-error.ts';
import type { ReleaseRecord } from '../release/release-record.ts';
import { NothingWhole, readBranch, type BranchState, type OwnBranch } from './branch-state.ts';
import type { LostBranch } from './lost-branch.ts';

/** Where a unit's release lies until it moved to the unit's own branch. */
export interface Elsewhere {
  readonly unit: Unit;
  readonly state: OwnBranch;
  /** What is on record there, of the unit's application alone. */
  readonly record: ReleaseRecord;
}

/** What is asked of the ops repository. */
interface Asked {
  readonly repository: OpsRepository;
  readonly delivery: Delivery;
}

/**
 * The branch that has a unit's release although the unit has one of its own: an environment got further applications, or is left with one, and
 * was not published since. The environment's branch has the say as long as it names the application.
 *
 * @param own - what the unit's own branch holds
 */
export async function releaseElsewhere(
  { repository, delivery }: Asked,
  unit: Unit,
  own: BranchState | LostBranch,
): Promise<Elsewhere | undefined> {
  const before = unitBefore(delivery, unit);
  const [application] = applicationsOf(environmentOf(delivery, unit.environment), unit);
  if (before === undefined || application === undefined) return undefined;
  // A branch of ours without the application is what several shared. One that is not there yet never was, and one that cannot be believed may
  // be told to start anew.
  const isAlone = unit.application === undefined;
  if (isAlone && (own.kind === 'absent' || own.kind === 'lost')) return undefined;
  if (isAlone && own.kind === 'ours' && own.record.applications[application.name] !== undefined) return undefined;
  const state = await readUnlessLost({ repository, delivery }, before);
  const release = state?.kind === 'ours' ? state.record.applications[application.name] : undefined;
  if (state?.kind !== 'ours' || release === undefined) return undefined;
  return { unit: before, state, record: { ...state.record, applications: { [application.name]: release } } };
}

/** Refuses to change a release that has not moved to the unit's own branch yet: two branches would name two releases. */
export async function refuseElsewhere(
  asked: Asked,
  unit: Unit,
  own: BranchState | LostBranch,
  failed: string,
): Promise<void> {
  const elsewhere = await releaseElsewhere(asked, unit, own);
  if (elsewhere === undefined) return;
  throw new OpsError(failed, [
    {
      code: 'moving',
      what: `the release of ${nameOf(unit)} lies on ${elsewhere.unit.branch}, and has not moved to ${unit.branch} yet`,
      next: `npx portolan publish ${unit.environment}`,
    },
  ]);
}

async function readUnlessLost({ repository, delivery }: Asked, unit: Unit): Promise<BranchState | undefined> {
  try {
    return await readBranch(repository, delivery, unit, await repository.tip(unit.branch));
  } catch (error) {
    if (error instanceof NothingWhole) return undefined;
    throw error;
  }
}
