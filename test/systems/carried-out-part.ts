import type { Delivery } from '../../src/model/delivery.ts';
import { describeProblem } from '../../src/model/problem.ts';
import { lackingCredentials } from '../../src/workflows/lacking-credentials.ts';
import { defects, refusals } from '../support/told.ts';
import { replacements, type Replacement } from './replacements.ts';

/** What of a system is carried out today, and what had to be replaced for it. */
export interface CarriedOutPart {
  readonly delivery: Delivery;
  readonly replaced: readonly Replacement[];
}

/** Everything that stands between a system and being delivered: what is refused of it, then what its workflows lack. */
function toldOf(delivery: Delivery): readonly string[] {
  const told = [...refusals(delivery), ...defects(delivery)];
  return told.length > 0 ? told : lackingCredentials(delivery).map(describeProblem);
}

/** Replaces, one after the other, what is refused of a system and stands among the replacements. What stands there no more is left as it is. */
export function carriedOutPart(system: Delivery): CarriedOutPart {
  let delivery = system;
  const replaced: Replacement[] = [];
  for (;;) {
    const told = toldOf(delivery);
    const next = replacements.find((it) => !replaced.includes(it) && told.some((problem) => it.of.test(problem)));
    if (next === undefined) return { delivery, replaced };
    delivery = next.change(delivery);
    replaced.push(next);
  }
}
