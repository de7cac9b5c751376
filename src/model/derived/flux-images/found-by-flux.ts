import type { Delivery } from '../../delivery.ts';
import type { Stage } from '../../stage.ts';
import type { Supply } from '../../supply.ts';
import { suppliesOf } from '../origins.ts';

/** Whether Flux's image automation moves a stage's branch. */
export const isMovedByFlux = ({ promoter }: Pick<Stage, 'promoter'>): boolean => promoter?.kind === 'fluxImages';

/** The supplies whose images Flux looks for in their registry, for a stage that it moves. */
export const foundByFlux = (delivery: Delivery, stage: Stage): readonly Supply[] =>
  isMovedByFlux(stage) ? suppliesOf(stage, delivery).filter(({ discovery }) => discovery.kind === 'registryPoll') : [];

/** The artifacts that Flux moves at a stage, in the order of the delivery. */
export function movedByFlux(delivery: Delivery, stage: Stage): Delivery['artifacts'] {
  const names = new Set(foundByFlux(delivery, stage).flatMap(({ artifacts }) => artifacts));
  return delivery.artifacts.filter(({ kind, name }) => kind === 'image' && names.has(name));
}
