import { environmentOf, type Delivery } from '../../model/delivery.ts';
import { isToolchain } from '../../model/derived/places/toolchains.ts';
import { nameOf, typed, type Unit } from '../../model/derived/units.ts';
import type { Stage } from '../../model/stage.ts';
import { OpsError } from '../ops-error.ts';

/**
 * The stage that a release is to enter: that of the unit.
 *
 * @throws OpsError when there is none
 */
export function stageToEnter(delivery: Delivery, unit: Unit): Stage {
  if (isToolchain(environmentOf(delivery, unit.environment)))
    throw new OpsError(`${nameOf(unit)} was not promoted`, [
      {
        code: 'wrong-input',
        what: `${nameOf(unit)} is a toolchain, which has no release`,
        next: `npx portolan publish ${typed(unit)}`,
      },
    ]);
  if (unit.stage !== undefined) return unit.stage;
  throw new OpsError(`${nameOf(unit)} was not promoted`, [
    {
      code: 'wrong-input',
      what: `the model has no stage for ${nameOf(unit)}`,
      next: 'add one to the delivery',
    },
  ]);
}
