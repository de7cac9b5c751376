import type { Refusal } from '../ops-error.ts';
import type { Hold } from '../release/release-record.ts';

/** Says how a hold reads: who put it, when and why. */
export const describeHold = ({ kind, by, since, reason }: Hold): string => `held by ${by} since ${since}${kind === 'rollback' ? ' (rollback)' : ''}: ${reason}`;

/** Refuses to publish to an environment that is held: today's program may carry what was rolled back. */
export function refuseHeld(environment: string, holds: readonly Hold[]): readonly Refusal[] {
  if (holds.length === 0) return [];
  return [{ code: 'held', what: [`${environment} is held`, ...holds.map(describeHold)].join('\n'), next: `portolan unhold ${environment}` }];
}
