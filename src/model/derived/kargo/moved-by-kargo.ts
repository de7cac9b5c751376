import type { Delivery } from '../../delivery.ts';
import type { Stage } from '../../stage.ts';
import type { Supply } from '../../supply.ts';
import { originsOf } from '../origins.ts';

/** Whether Kargo moves a stage's branch. */
export const isMovedByKargo = ({ promoter }: Pick<Stage, 'promoter'>): boolean => promoter?.kind === 'kargo';

/** Whether Kargo promotes to a stage by itself as soon as something may enter; else a person asks it to. */
export const isAutomatic = ({ gate, triggers }: Stage): boolean =>
  gate.kind === 'none' && triggers.some(({ on }) => on === 'artifactPublished' || on === 'upstreamHealthy');

/** The supplies that Kargo looks for artifacts of: those that a stage which it moves takes from, however many stages ago. */
export const suppliesOfKargo = (delivery: Delivery): readonly Supply[] => {
  const taken = new Set(delivery.stages.filter(isMovedByKargo).flatMap((stage) => originsOf(stage, delivery)));
  return delivery.supplies.filter((supply) => taken.has(supply));
};
