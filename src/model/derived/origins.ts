import type { Delivery } from '../delivery.ts';
import type { Stage } from '../stage.ts';
import type { Supply } from '../supply.ts';

/** The supplies that a stage takes from itself; none where it takes from other stages. */
export const suppliesOf = ({ intake }: Stage, { supplies }: Delivery): readonly Supply[] =>
  intake.from === 'supply' ? supplies.filter(({ name }) => intake.supplies.includes(name)) : [];

/** The supplies that a stage's releases first came from, however many stages ago. */
export function originsOf(stage: Stage, delivery: Delivery): readonly Supply[] {
  const seen = new Set([stage]);
  for (const { intake } of seen) {
    if (intake.from !== 'stages') continue;
    for (const upstream of delivery.stages) if (intake.stages.includes(upstream.name)) seen.add(upstream);
  }
  return [...new Set([...seen].flatMap((it) => suppliesOf(it, delivery)))];
}
