import type { Delivery } from '../../../model/delivery.ts';
import { stagesOf, type UnitName } from '../../../model/derived/units.ts';
import { promotionIdentity } from '../../../model/derived/promotion-identity.ts';
import { writeMode } from '../../../model/stage.ts';

/** Who may change a unit's branch, and how. */
export interface EnvironmentRules {
  /** Changes enter by pull request alone. */
  readonly pullRequest: boolean;
  /** Approving reviews that a pull request needs; 0 where there is no pull request. */
  readonly approvals: number;
  /** Teams and people whose approval counts, by actor name. */
  readonly approvers: readonly string[];
  /** Status checks that must pass on the newest state of the branch. */
  readonly checks: readonly string[];
  /** Actors that may push without any of it, by name: the promotion identity where there is no gate, and who may act in an emergency. */
  readonly bypass: readonly string[];
}

const distinct = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();

/** What the gates of a unit's stages ask of its branch; of what applications share, the strictest of them counts. */
export function environmentRules(delivery: Delivery, unit: UnitName): EnvironmentRules {
  const stages = stagesOf(delivery, unit);
  const reviews = stages.flatMap(({ gate }) => (gate.kind === 'pullRequest' ? [gate] : []));
  const pullRequest = stages.some((stage) => writeMode(stage) === 'pullRequest');
  const checks = stages.flatMap(({ gate }) => (pullRequest && gate.kind === 'pullRequest' ? gate.checks : []));
  const identity = promotionIdentity(delivery, unit);
  return {
    pullRequest,
    approvals: Math.max(0, ...reviews.map((gate) => gate.approvals)),
    approvers: distinct(reviews.flatMap((gate) => gate.approvers)),
    checks: distinct(checks),
    bypass: distinct([
      ...stages.flatMap((stage) => stage.emergency ?? []),
      ...(pullRequest || identity === undefined ? [] : [identity]),
    ]),
  };
}
