import { environmentOf } from '../../model/delivery.ts';
import { applicationsOf, holdsBootstrap, typed, unitOf, type Unit } from '../../model/derived/units.ts';
import { readBranch } from '../branch/branch-state.ts';
import { isSameRelease } from '../order/release-order.ts';
import type { OpsContext } from '../ops-context.ts';
import type { Refusal } from '../ops-error.ts';
import type { BranchIndex } from '../release/branch-index.ts';
import { recordedId, type ReleaseRecord } from '../release/release-record.ts';

/** Applications whose objects leave a branch, because each has a branch of its own. */
export interface Leaving {
  /** What their branches hold. */
  readonly indexes: readonly BranchIndex[];
  /** Why they cannot leave yet. */
  readonly refusals: readonly Refusal[];
}

/**
 * Looks whether the applications that an environment's branch names are on branches of their own, before it keeps only what they share.
 * Nothing for a unit whose branch has releases.
 */
export async function leavingApplications(
  { repository, delivery }: OpsContext,
  unit: Unit,
  before: ReleaseRecord | undefined,
): Promise<Leaving | undefined> {
  const environment = environmentOf(delivery, unit.environment);
  if (!holdsBootstrap(unit) || applicationsOf(environment, unit).length > 0) return undefined;
  const leaving = await Promise.all(
    environment.applications.map(async ({ name }) => {
      const own = unitOf(delivery, { environment: environment.name, application: name });
      const state = await readBranch(repository, delivery, own, await repository.tip(own.branch));
      const release = before?.applications[name];
      const there = state.kind === 'ours' ? state.record.applications[name] : undefined;
      const isThere = release === undefined || (there !== undefined && isSameRelease(there, release));
      return {
        indexes: state.kind === 'ours' ? [state.index] : [],
        refusals: isThere
          ? []
          : [
              {
                code: 'moving' as const,
                what: `${own.branch} does not hold ${recordedId({ applications: { [name]: release } })} of ${name} yet, which ${unit.branch} names`,
                next: `npx portolan publish ${typed(own)}; where that opens a pull request, merge it first`,
              },
            ],
      };
    }),
  );
  return {
    indexes: leaving.flatMap(({ indexes }) => indexes),
    refusals: leaving.flatMap(({ refusals }) => refusals),
  };
}
