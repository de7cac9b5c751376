import { stageOf, type Delivery } from '../../model/delivery.ts';
import type { Signature } from './write-commit.ts';

/** Who the commits of an environment's branch are by: the author that its stage's write names. */
export const writerOf = (delivery: Delivery, environment: string): Signature =>
  stageOf(delivery, environment)?.write.author ?? { name: 'Portolan', email: 'portolan@localhost' };
