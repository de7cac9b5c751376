import type { Delivery } from '../../delivery.ts';
import { minutesBetweenLooks } from '../../derived/kargo/registry-looks.ts';
import type { Problem } from '../../problem.ts';
import type { Supply } from '../../supply.ts';
import { stagePath } from '../place.ts';

const defaultBuildMinutes = 30;

/** Minutes until a build's artifact is in the registry: the builder looks, then builds. */
const minutesToBuild = ({ builder, buildMinutes }: Supply): number =>
  (builder.kind === 'kpack' ? builder.pollMinutes : 0) + (buildMinutes ?? defaultBuildMinutes);

/** Minutes between two looks at the registry; a call of it that is lost is made up for by the next one. */
function minutesToLook(delivery: Delivery, supply: Supply): number {
  if (supply.discovery.kind === 'helmRepositoryPoll') return supply.discovery.intervalMinutes;
  return supply.discovery.kind === 'sameJob' ? 0 : minutesBetweenLooks(delivery, supply);
}

/** Who waits for an artifact waits at least as long as it takes to look and to build. */
export const composedTimeouts = (delivery: Delivery): readonly Problem[] => [
  ...delivery.supplies.flatMap((supply) => {
    const { discovery, name } = supply;
    if (discovery.kind !== 'registryPoll' || discovery.attempts === undefined) return [];
    const minutes = minutesBetweenLooks(delivery, supply);
    const patience = discovery.attempts * minutes;
    const needed = minutesToBuild(supply);
    return patience >= needed
      ? []
      : [
          {
            path: `supplies.${name}.discovery.attempts`,
            message: `gives up after ${patience} minutes, and a build may take ${needed}; write at least ${Math.ceil(needed / minutes)}`,
            given: discovery.attempts,
          },
        ];
  }),
  ...delivery.stages.flatMap((stage) => {
    const { intake, waitMinutes } = stage;
    if (waitMinutes === undefined || intake.from !== 'supply') return [];
    const supplies = delivery.supplies.filter(({ name }) => intake.supplies.includes(name));
    const needed = Math.max(0, ...supplies.map((supply) => minutesToLook(delivery, supply) + minutesToBuild(supply)));
    return waitMinutes >= needed
      ? []
      : [
          {
            path: `${stagePath(stage)}.waitMinutes`,
            message: `is shorter than looking and building may take; write at least ${needed}`,
            given: waitMinutes,
          },
        ];
  }),
];
