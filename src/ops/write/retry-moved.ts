import pRetry from 'p-retry';
import type { OpsContext } from '../ops-context.ts';
import { OpsError } from '../ops-error.ts';

/** Says that a branch is no longer where it was when a write was decided. */
export class BranchMoved extends Error {
  override readonly name = 'BranchMoved';
}

/** With waits that grow from some 50 ms to 2 s, as many tries as forty writers at once need. */
const RETRIES = 40;

/**
 * Tries again from the new tip whenever somebody else was first, after a wait of random length.
 *
 * @throws OpsError `busy` when the branch never stays still; anything else at once
 */
export async function retryWhenMoved<Result>(context: OpsContext, environment: string, once: (attempts: number) => Promise<Result>): Promise<Result> {
  const attempt = async (attempts: number): Promise<Result> => {
    if (attempts > 1) {
      context.onStep?.({ name: 'fetch', environment });
      await context.repository.refresh();
    }
    return once(attempts);
  };
  try {
    return await pRetry(attempt, {
      retries: RETRIES,
      minTimeout: 50,
      factor: 1.3,
      maxTimeout: 2000,
      randomize: true,
      shouldRetry: ({ error }) => error instanceof BranchMoved,
      onFailedAttempt: ({ error }) => {
        if (error instanceof BranchMoved) context.onStep?.({ name: 'retry', environment });
      },
    });
  } catch (error) {
    if (!(error instanceof BranchMoved)) throw error;
    const what = `others moved its branch ${RETRIES} times while this was decided`;
    throw new OpsError(`${environment} was not touched`, [{ code: 'busy', what, next: 'run the same command again' }], { cause: error });
  }
}
