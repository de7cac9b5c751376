import type { Delivery } from '../../model/delivery.ts';
import { stagesOf, type UnitName } from '../../model/derived/units.ts';
import type { Signature } from './write-commit.ts';

/** Who the commits of a unit's branch are by: the author that its stage's write names, else that of the first stage of the environment. */
export const writerOf = (delivery: Delivery, unit: UnitName): Signature =>
  stagesOf(delivery, unit)[0]?.write.author ?? { name: 'Portolan', email: 'portolan@localhost' };
