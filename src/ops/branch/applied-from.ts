import { isApplied } from '../../engines/engines.ts';
import { environmentOf, type Delivery } from '../../model/delivery.ts';
import { applicationsOf, type Unit } from '../../model/derived/units.ts';

/** Whether the engine brings a file of a unit's branch into the cluster, whoever put it there. */
export function isAppliedFrom(delivery: Delivery, unit: Unit, path: string): boolean {
  const environment = environmentOf(delivery, unit.environment);
  return isApplied(delivery, { ...environment, applications: applicationsOf(environment, unit) }, path);
}
