import type { UnitName } from '../../model/derived/units.ts';
import { promotionBranch } from '../../model/names.ts';
import type { OpsContext } from '../ops-context.ts';
import { removeLeftovers } from '../leftovers/leftovers.ts';
import type { ReleaseRecord } from '../release/release-record.ts';
import { land } from './land.ts';
import { propose, type ProposeOptions } from './propose.ts';
import type { WriteRoute } from './route.ts';
import type { Prepared, Written } from '../written/written.ts';

/** A write of any kind: how it gets there, what decides it, and how its pull request goes about others. */
export interface CarryOut<Result extends Prepared> extends Pick<
  ProposeOptions<Result>,
  'unit' | 'decide' | 'standing' | 'superseded' | 'heedsDeclined'
> {
  readonly route: WriteRoute;
  /** Last part of the name of the pull request's branch. */
  readonly proposalName: (record: ReleaseRecord) => string;
}

/** Decides and writes, onto the branch or as a pull request, and removes what earlier proposals left over. */
export async function carryOut<Result extends Prepared>(
  context: OpsContext,
  { route, proposalName, ...options }: CarryOut<Result>,
): Promise<Result & Pick<Written, 'attempts' | 'leftovers'>> {
  const { unit, decide } = options;
  const { result, attempts } =
    route.kind === 'direct'
      ? await land(context, unit, decide)
      : await propose(context, {
          ...options,
          pullRequests: route.pullRequests,
          head: (record) => proposalBranch(unit, proposalName(record)),
        });
  const { removed, notices } = await removeLeftovers(context, unit);
  return { ...result, notices: [...result.notices, ...notices], attempts, leftovers: removed };
}

/** Branch of the pull request of a proposal of that name. */
export const proposalBranch = ({ environment, application }: UnitName, name: string): string =>
  promotionBranch(environment, refSafe(name), application);

/** Image tags may hold what a branch's name may not. @see https://git-scm.com/docs/git-check-ref-format */
const refSafe = (name: string): string =>
  name
    .replaceAll(/[^\w.+-]+/g, '-')
    .replaceAll(/\.{2,}/g, '.')
    .replaceAll(/^[.-]+|\.+$|\.lock$/g, '') || 'release';
