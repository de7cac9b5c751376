import { ClusterError } from '../clients/kubernetes/cluster.ts';
import { isDone, type LiveApplication } from '../engines/live-application.ts';

/** What waiting ended with. */
export interface Waited {
  readonly outcome: 'healthy' | 'degraded' | 'timeout';
  readonly applications: readonly LiveApplication[];
  /** Seconds it took. */
  readonly seconds: number;
}

/** What waiting is for, and the clock it goes by. */
export interface WaitOptions {
  /** Commit that every Application must have synced, the tip of its branch; of several branches one for each, in the order of `read`. */
  readonly revision: string | readonly string[];
  readonly timeoutSeconds: number;
  readonly read: () => Promise<readonly LiveApplication[]>;
  /** Called once when the cluster cannot be asked any more, e.g. because the login expired. @default - nobody is told */
  readonly onLost?: (error: ClusterError, seconds: number) => void;
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
 * or the time is up. A cluster that answered once may be out of reach for a while, or not accept an expired login: both are told once and waited
 * through.
 *
 * @throws ClusterError when the very first look fails, or this account may not ask
 */
export async function waitUntilHealthy(options: WaitOptions): Promise<Waited> {
  const {
    revision,
    timeoutSeconds,
    read,
    onLook,
    onLost,
    intervalSeconds = 2,
    now = () => performance.now(),
    sleep = pause,
  } = options;
  const start = now();
  let [isLostNow, looked] = [false, false];
  let applications: readonly LiveApplication[] = [];
  for (;;) {
    const seen = await look(read, looked);
    const seconds = (now() - start) / 1000;
    if (seen instanceof ClusterError) {
      if (!isLostNow) onLost?.(seen, seconds);
      isLostNow = true;
      if (seconds + intervalSeconds > timeoutSeconds) return { outcome: 'timeout', applications, seconds };
      await sleep(intervalSeconds);
      continue;
    }
    [isLostNow, looked, applications] = [false, true, seen];
    onLook?.(applications, seconds);
    const awaited = (i: number): string | undefined => (typeof revision === 'string' ? revision : revision[i]);
    if (applications.every((application, i) => isDone(application, awaited(i))))
      return { outcome: 'healthy', applications, seconds };
    if (applications.some((application, i) => isDegraded(application, awaited(i))))
      return { outcome: 'degraded', applications, seconds };
    if (seconds + intervalSeconds > timeoutSeconds) return { outcome: 'timeout', applications, seconds };
    await sleep(intervalSeconds);
  }
}

/** A look, or why there is none when it may come back. */
async function look(
  read: WaitOptions['read'],
  lookedBefore: boolean,
): Promise<readonly LiveApplication[] | ClusterError> {
  try {
    return await read();
  } catch (error) {
    if (lookedBefore && error instanceof ClusterError && passing.has(error.failure)) return error;
    throw error;
  }
}

/** Failures that end by themselves, or by somebody logging in again. */
const passing: ReadonlySet<ClusterError['failure']> = new Set(['login', 'unreachable', 'kubeconfig']);

/** Degraded at the revision that is waited for; an older one's health says nothing of it. */
const isDegraded = ({ sync, health, revision }: LiveApplication, expected: string | undefined): boolean =>
  health === 'Degraded' && sync === 'Synced' && revision === expected;

const pause = (seconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, seconds * 1000));
