import { nameOf, typed, type Unit } from '../../model/derived/units.ts';
import type { Refusal } from '../ops-error.ts';
import { describeHold } from '../order/describe-hold.ts';
import type { Hold } from '../release/release-record.ts';

/** Refuses to publish to an environment that is held: today's program may carry what was rolled back. */
export function refuseHeld(unit: Unit, holds: readonly Hold[]): readonly Refusal[] {
  if (holds.length === 0) return [];
  return [
    {
      code: 'held',
      what: [`${nameOf(unit)} is held`, ...holds.map(describeHold)].join('\n'),
      next: `npx portolan unhold ${typed(unit)}`,
    },
  ];
}
