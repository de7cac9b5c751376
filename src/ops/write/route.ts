import { pullRequestsNeed } from '../../hosts/hosts.ts';
import { nameOf, stagesOf, type UnitName } from '../../model/derived/units.ts';
import type { OpsContext } from '../ops-context.ts';
import { OpsError } from '../ops-error.ts';
import type { PullRequests } from '../../hosts/pull-requests.ts';

/** How a write reaches a unit's branch. */
export type WriteRoute =
  /** Onto the branch itself; `emergency` is why it went past the gate. */
  | { readonly kind: 'direct'; readonly emergency?: string }
  | { readonly kind: 'pullRequest'; readonly pullRequests: PullRequests };

/** What a person asks for beyond the model. */
export interface RouteOptions {
  /** Whether to open a pull request where no gate asks for one. @default false */
  readonly pullRequest?: boolean;
  /** Why the write goes past the gate; only for whom the stage names. @default - it does not */
  readonly emergency?: string;
}

/** Whether every writer of a unit must open a pull request; of what applications share, where one of them asks for it. */
export const takesPullRequestsOnly = ({ delivery }: Pick<OpsContext, 'delivery'>, unit: UnitName): boolean =>
  stagesOf(delivery, unit).some(({ gate, write }) => gate.kind === 'pullRequest' || write.mode === 'pullRequest');

/**
 * Decides how a write reaches a branch. A repository on this disk has no pull requests and gates nothing.
 *
 * @throws OpsError when the gate cannot be kept, or the person may not go past it
 */
export function routeOf(
  context: OpsContext,
  unit: UnitName,
  { pullRequest = false, emergency }: RouteOptions = {},
): WriteRoute {
  const gated = takesPullRequestsOnly(context, unit);
  if (emergency !== undefined && gated) {
    refuseEmergency(context, unit, emergency);
    return { kind: 'direct', emergency };
  }
  if (!gated && !pullRequest) return { kind: 'direct' };
  if (context.pullRequests !== undefined) return { kind: 'pullRequest', pullRequests: context.pullRequests };
  if (context.repository.isLocal && !pullRequest) return { kind: 'direct' };
  throw new OpsError(`${nameOf(unit)} was not touched`, [
    {
      code: 'gated',
      what: `${nameOf(unit)} takes pull requests only, and this ops repository's host cannot be asked for one`,
      next: pullRequestsNeed,
    },
  ]);
}

function refuseEmergency({ delivery, requester }: OpsContext, unit: UnitName, reason: string): void {
  const allowed = stagesOf(delivery, unit).flatMap(({ emergency = [] }) => emergency);
  const subject = `${nameOf(unit)} was not touched`;
  if (reason.trim() === '')
    throw new OpsError(subject, [
      { code: 'wrong-input', what: 'an emergency needs a reason', next: 'write --emergency --reason TEXT' },
    ]);
  // A login is the same in any case.
  if (allowed.some((name) => name.toLowerCase() === requester.actor.toLowerCase())) return;
  const who = allowed.length === 0 ? 'nobody' : allowed.join(', ');
  throw new OpsError(subject, [
    {
      code: 'gated',
      what: `${requester.actor} may not go past the gate of ${nameOf(unit)}; the model names ${who}`,
      next: 'leave out --emergency to open a pull request',
    },
  ]);
}
