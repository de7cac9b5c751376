import { setTimeout as sleep } from 'node:timers/promises';
import { ApiException } from '@kubernetes/client-node';
import { retryAfter } from '../http/retry-after.ts';

/** Statuses of an API server that will answer, but not yet: it has too many requests, takes up a new kind, or is starting. */
const busy = [429, 503];

/** Whether an API server refused a request only for now. */
export const isBusy = (error: unknown): error is ApiException<unknown> =>
  error instanceof ApiException && busy.includes(error.code);

/**
 * Asks an API server, and again while it is busy: after as many seconds as it says, else after one. A server that was just given a
 * custom resource's definition refuses that kind's objects with 429 for a second or so.
 *
 * @param longestMs - milliseconds after which a server that is still busy is believed
 * @throws what the last try threw; at once where the server is not busy
 */
export async function askWhileBusy<Answer>(ask: () => Promise<Answer>, longestMs: number): Promise<Answer> {
  const end = performance.now() + longestMs;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!isBusy(error)) throw error;
      const asked = retryAfter(error.headers['retry-after'], Date.now());
      const pause = asked === undefined || asked === 0 ? 1000 : asked;
      if (performance.now() + pause > end) throw error;
      await sleep(pause);
    }
  }
}
