import type { LiveApplication } from './live-state.ts';

/** What waiting ended with. */
export interface Waited {
  readonly outcome: 'healthy' | 'degraded' | 'timeout';
  readonly applications: readonly LiveApplication[];
  /** Seconds it took. */
  readonly seconds: number;
}

/** What waiting is for, and the clock it goes by. */
export interface WaitOptions {
  /** Commit that every Application must have synced: the branch's tip. */
  readonly revision: string;
  readonly timeoutSeconds: number;
  readonly read: () => Promise<readonly LiveApplication[]>;
  /** Called after each look. @default - nobody is told */
  readonly onLook?: (applications: readonly LiveApplication[], seconds: number) => void;
  /** Seconds between looks. @default 2 */
  readonly intervalSeconds?: number;
  /** Milliseconds since some moment. @default performance.now */
  readonly now?: () => number;
  /** @default - real time passes */
  readonly sleep?: (seconds: number) => Promise<void>;
}

/**
 * Looks until every Application is Synced and Healthy at the revision with its operation done, or one of them is Degraded there,
 * or the time is up. Synced and Healthy alone is not enough: both can show while a failed operation still runs.
 */
export async function waitUntilHealthy(options: WaitOptions): Promise<Waited> {
  const {
    revision,
    timeoutSeconds,
    read,
    onLook,
    intervalSeconds = 2,
    now = () => performance.now(),
    sleep = pause,
  } = options;
  const start = now();
  for (;;) {
    const applications = await read();
    const seconds = (now() - start) / 1000;
    onLook?.(applications, seconds);
    if (applications.every((application) => isDone(application, revision)))
      return { outcome: 'healthy', applications, seconds };
    if (applications.some((application) => isLost(application, revision)))
      return { outcome: 'degraded', applications, seconds };
    if (seconds + intervalSeconds > timeoutSeconds) return { outcome: 'timeout', applications, seconds };
    await sleep(intervalSeconds);
  }
}

const isDone = ({ sync, health, revision, operation }: LiveApplication, expected: string): boolean =>
  sync === 'Synced' &&
  health === 'Healthy' &&
  revision === expected &&
  (operation === undefined || operation === 'Succeeded');

/** Degraded at the revision that is waited for; an older one's health says nothing of it. */
const isLost = ({ sync, health, revision }: LiveApplication, expected: string): boolean =>
  health === 'Degraded' && sync === 'Synced' && revision === expected;

const pause = (seconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, seconds * 1000));
