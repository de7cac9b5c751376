import { nameOf, typed, type Unit } from '../../model/derived/units.ts';
import type { Refusal } from '../ops-error.ts';
import type { SaidHealth } from './health-of.ts';

/** A release where it is to be verified, and whether it may go on without anybody's word for it. */
export interface ToVerify {
  /** Id of the release. */
  readonly release: string;
  /** Where it ran. */
  readonly unit: Unit;
  /** What it is to enter. */
  readonly target: Unit;
  /** Whether somebody must say that it is healthy. A person who promotes may have looked; a workflow has not. */
  readonly mustBeHealthy: boolean;
}

/**
 * Whether what is said of a release speaks against taking it on.
 *
 * @param said - undefined where it no longer is what runs there, of which nobody can say how it is
 */
export function judgeHealth(
  { release, unit, target, mustBeHealthy }: ToVerify,
  said: SaidHealth | undefined,
): Refusal | undefined {
  const place = nameOf(unit);
  if (said !== undefined && 'health' in said)
    return said.health === 'Healthy'
      ? undefined
      : {
          code: 'not-verified',
          what: `${release} is not verified in ${place}: its health is ${said.health}`,
          next: `npx portolan wait ${unit.environment}`,
        };
  if (!mustBeHealthy) return undefined;
  return said === undefined
    ? {
        code: 'not-verified',
        what: `${release} no longer runs in ${place}, so that nobody can say whether it is healthy there`,
        next: `npx portolan history ${typed(unit)}`,
      }
    : {
        code: 'no-health',
        what: `nobody says whether ${release} is healthy in ${place}: ${said.notAsked}`,
        next: [
          `let whoever runs this read the cluster of ${unit.environment} (docs/reader-role.yaml allows what is read), or`,
          `look yourself, and type: npx portolan promote ${typed(target)} --from ${unit.environment}`,
        ].join('\n'),
      };
}
