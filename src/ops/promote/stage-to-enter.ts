import { nameOf, type Unit } from '../../model/derived/units.ts';
import type { Stage } from '../../model/stage.ts';
import { OpsError } from '../ops-error.ts';

/**
 * The stage that a release is to enter: that of the unit.
 *
 * @throws OpsError when there is none
 */
export function stageToEnter(unit: Unit): Stage {
  if (unit.stage !== undefined) return unit.stage;
  throw new OpsError(`${nameOf(unit)} was not promoted`, [
    {
      code: 'wrong-input',
      what: `the model has no stage for ${nameOf(unit)}`,
      next: 'add one to the delivery',
    },
  ]);
}
