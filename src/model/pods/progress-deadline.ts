import { pullSeconds, startupSeconds, type StartingContainer } from '../derived/startup-seconds.ts';
import type { Service } from '../service.ts';

/** Seconds until a rollout that makes no progress is called failed, at least, when the model does not say. */
const leastProgressDeadlineSeconds = 120;

/**
 * Seconds until a rollout of a service that makes no progress is called failed: a start that its probes allow is no failure, finding a
 * node and pulling images come before, and a pod counts only once it has been ready for as long as the rollout asks.
 */
export const progressDeadlineOf = (service: Service): number =>
  service.progressDeadlineSeconds ??
  Math.max(
    leastProgressDeadlineSeconds,
    startupSeconds(starting(service)) + pullSeconds + (service.rollout?.minReadySeconds ?? 0),
  );

/** Sidecars start one after the other, before all others. */
const starting = ({ initContainers = [], containers }: Service): readonly StartingContainer[] => [
  ...initContainers
    .filter(({ restartPolicy }) => restartPolicy !== undefined)
    .map((sidecar) => ({ ...sidecar, first: true })),
  ...containers,
];
