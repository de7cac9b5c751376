/** How many pods a rollout replaces at once, and when it goes on. */
export interface Rollout {
  /** Pods beyond the replicas, a number or a percentage that is rounded up. @default '25%' */
  readonly maxSurge?: number | string;
  /** Pods that may be missing, a number or a percentage that is rounded down. @default '25%' */
  readonly maxUnavailable?: number | string;
  /** Seconds that a new pod is ready before it counts. @default 0 */
  readonly minReadySeconds?: number;
  /** Old revisions that are kept. @default 10 */
  readonly revisionHistoryLimit?: number;
}

/**
 * The pods that a number or a percentage stands for; nothing where it is neither.
 *
 * @param rounded - which way Kubernetes rounds a percentage
 */
export function podsMeant(given: number | string, replicas: number, rounded: 'up' | 'down'): number | undefined {
  if (typeof given === 'number') return Number.isInteger(given) && given >= 0 ? given : undefined;
  const percent = /^(100|[1-9]?\d)%$/.exec(given)?.[1];
  if (percent === undefined) return undefined;
  const pods = (Number(percent) * replicas) / 100;
  return rounded === 'up' ? Math.ceil(pods) : Math.floor(pods);
}
