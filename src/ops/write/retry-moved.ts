import pRetry from 'p-retry';
import { nameOf, type UnitName } from '../../model/derived/units.ts';
import type { OpsContext } from '../ops-context.ts';
import { GitFailure } from '../git/git-failure.ts';
import { OpsError } from '../ops-error.ts';
import { unreadable } from '../repository/repository-failure.ts';

/** Says that a branch is no longer where it was when a write was decided. */
export class BranchMoved extends Error {
  override readonly name = 'BranchMoved';
}

/** With waits that grow from 50 ms to half a second and more: as many tries as thirty writers at once need. */
const RETRIES = 30;

/**
 * Tries again from the new tip whenever somebody else was first, after a wait of random length.
 *
 * @throws OpsError `busy` when the branch never stays still; anything else at once
 */
export async function retryWhenMoved<Result>(
  context: OpsContext,
  unit: UnitName,
  once: (attempts: number) => Promise<Result>,
): Promise<Result> {
  const attempt = async (attempts: number): Promise<Result> => {
    if (attempts > 1) {
      context.onStep?.({ name: 'fetch', environment: unit.environment });
      await context.repository.refresh();
    }
    return once(attempts);
  };
  const retries = context.retries ?? RETRIES;
  try {
    return await pRetry(attempt, {
      retries,
      minTimeout: 50,
      factor: 1.3,
      maxTimeout: 500,
      randomize: true,
      shouldRetry: ({ error }) => error instanceof BranchMoved,
      onFailedAttempt: ({ error }) => {
        if (error instanceof BranchMoved) context.onStep?.({ name: 'retry', environment: unit.environment });
      },
    });
  } catch (error) {
    if (error instanceof GitFailure) throw unreadable(context.repository.shown, error);
    if (!(error instanceof BranchMoved)) throw error;
    const what = `others moved its branch ${retries + 1} times while this was decided`;
    throw new OpsError(
      `${nameOf(unit)} was not touched`,
      [{ code: 'busy', what, next: 'run the same command again' }],
      {
        cause: error,
      },
    );
  }
}
