import { RegistryError } from './registry-error.ts';

/** How often and how long a registry is asked again. */
export interface Patience {
  /** Further tries after a registry that could not be reached, or that limits how often it may be asked. */
  readonly retries: number;
  /** Milliseconds that are waited at most in all. */
  readonly longestWaitMs: number;
  /** Waits; `why` is for people. */
  readonly wait: (milliseconds: number, why: string) => Promise<void>;
}

/**
 * Asks a registry, and again where that may help: after as long as it says, else after twice as long each time.
 *
 * @throws RegistryError of the last try; at once where the registry wants to be left alone for longer than there is patience
 */
export async function askAgain<Answer>(
  ask: () => Promise<Answer>,
  { retries, longestWaitMs, wait }: Patience,
): Promise<Answer> {
  let waited = 0;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof RegistryError) || !(error.kind === 'unreachable' || error.kind === 'limited')) throw error;
      const pause = error.retryAfterMs ?? 200 * 2 ** attempt * (1 + Math.random());
      if (attempt >= retries || waited + pause > longestWaitMs) throw error;
      waited += pause;
      await wait(pause, error.message.replace(/^portolan: /, ''));
    }
  }
}
