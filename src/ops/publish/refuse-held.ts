import type { Refusal } from '../ops-error.ts';
import { describeHold } from '../order/describe-hold.ts';
import type { Hold } from '../release/release-record.ts';

/** Refuses to publish to an environment that is held: today's program may carry what was rolled back. */
export function refuseHeld(environment: string, holds: readonly Hold[]): readonly Refusal[] {
  if (holds.length === 0) return [];
  return [
    {
      code: 'held',
      what: [`${environment} is held`, ...holds.map(describeHold)].join('\n'),
      next: `npx portolan unhold ${environment}`,
    },
  ];
}
