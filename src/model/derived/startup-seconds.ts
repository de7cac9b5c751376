/** The times of a probe. Those left out are Kubernetes' own: no delay, every 10 s, 3 failures. */
export interface ProbeTimes {
  readonly initialDelaySeconds?: number | undefined;
  readonly periodSeconds?: number | undefined;
  readonly failureThreshold?: number | undefined;
}

/** A container that a rollout waits for. */
export interface StartingContainer {
  readonly startup?: ProbeTimes | undefined;
  readonly readiness?: ProbeTimes | undefined;
  /** Whether the containers after it wait until it has started. @default false */
  readonly first?: boolean;
}

/** What a pod may take besides, until its containers start: a node is found, and images are pulled. */
export const pullSeconds = 60;

/**
 * How long a pod's containers may take to be ready without anything being wrong, in seconds: as long as their startup probes
 * wait, or as their readiness probes are not asked. Sidecars start one after the other, all others at once.
 */
export function startupSeconds(containers: readonly StartingContainer[]): number {
  const times = containers.map((container) => ({ first: container.first ?? false, seconds: secondsOf(container) }));
  const before = times.filter(({ first }) => first).reduce((sum, { seconds }) => sum + seconds, 0);
  return before + Math.max(0, ...times.filter(({ first }) => !first).map(({ seconds }) => seconds));
}

const secondsOf = ({ startup, readiness }: StartingContainer): number =>
  Math.max(
    startup === undefined
      ? 0
      : (startup.initialDelaySeconds ?? 0) + (startup.periodSeconds ?? 10) * (startup.failureThreshold ?? 3),
    readiness?.initialDelaySeconds ?? 0,
  );
