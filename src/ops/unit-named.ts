import { environmentOf, type Delivery } from '../model/delivery.ts';
import { hasSeveral, unitOf, type Unit, type UnitName } from '../model/derived/units.ts';
import { OpsError } from './ops-error.ts';

/**
 * The unit that a person names to change its release: an environment, and the application where it has several.
 *
 * @param failed - what does not happen otherwise, e.g. `was not promoted`
 * @throws OpsError when the environment has several applications and none is named, or has none of that name
 */
export function unitNamed(delivery: Delivery, { environment: name, application }: UnitName, failed: string): Unit {
  const environment = environmentOf(delivery, name);
  const known = environment.applications.map((it) => it.name);
  if (application === undefined ? !hasSeveral(environment) : known.includes(application))
    return unitOf(delivery, { environment: name, ...(application === undefined ? {} : { application }) });
  throw new OpsError(`${name} ${failed}`, [
    {
      code: 'wrong-input',
      what:
        application === undefined ? `${name} has several applications` : `${name} has no application "${application}"`,
      next: `write --application with one of: ${known.join(', ')}`,
    },
  ]);
}
