import pRetry from 'p-retry';
import { askGit } from '../git/run-git.ts';
import type { OpsContext } from '../ops-context.ts';
import { OpsError } from '../ops-error.ts';

/** What an attempt decided from the tip it was shown: nothing to write, or a commit to point the branch at. */
export type Attempt<Result> =
  | { readonly kind: 'nothing'; readonly result: Result }
  | { readonly kind: 'commit'; readonly commit: string; readonly result: Result };

/** How a write goes about races. */
export interface LandOptions<Result> {
  readonly branch: string;
  readonly environment: string;
  /** Decides from a tip; called again from the new one when the branch moved. */
  readonly attempt: (tip: string | undefined) => Promise<Attempt<Result>>;
}

/** What came of it. */
export interface Landed<Result> {
  readonly result: Result;
  /** How often it was decided. */
  readonly attempts: number;
}

/** With waits that grow from some 50 ms to 2 s, as many tries as forty writers at once need. */
const RETRIES = 40;
/** Times that a host which broke off may be asked again. */
const BROKEN_CONNECTIONS = 3;

class BranchMoved extends Error {}

/**
 * Decides and writes, and starts again from the new tip whenever somebody else was first. A branch only ever moves from the
 * tip that was decided on to a commit that was made for it.
 *
 * @throws OpsError when the attempt refuses, the repository fails, or the branch never stays still
 */
export async function land<Result>(context: OpsContext, { branch, environment, attempt }: LandOptions<Result>): Promise<Landed<Result>> {
  const step = (name: 'fetch' | 'land' | 'landed' | 'retry'): void => context.onStep?.({ name, environment });
  let last: { readonly commit: string; readonly result: Result } | undefined;
  let broken = 0;
  const once = async (attempts: number): Promise<Landed<Result>> => {
    if (attempts > 1) {
      step('fetch');
      await context.repository.refresh();
    }
    const tip = await context.repository.tip(branch);
    // A push whose answer was lost may have happened.
    if (last !== undefined && tip !== undefined && (await isPartOf(context.repository.gitDir, last.commit, tip))) return { result: last.result, attempts };
    const decided = await attempt(tip);
    if (decided.kind === 'nothing') return { result: decided.result, attempts };
    last = { commit: decided.commit, result: decided.result };
    step('land');
    try {
      if ((await context.repository.move(branch, decided.commit, tip)) === 'behind') throw new BranchMoved();
    } catch (error) {
      if (error instanceof OpsError && (error.code === 'unreachable' || error.code === 'timeout') && ++broken <= BROKEN_CONNECTIONS) throw new BranchMoved(undefined, { cause: error });
      throw error;
    }
    step('landed');
    return { result: decided.result, attempts };
  };
  try {
    return await pRetry(once, {
      retries: RETRIES,
      minTimeout: 50,
      factor: 1.3,
      maxTimeout: 2000,
      randomize: true,
      shouldRetry: ({ error }) => error instanceof BranchMoved,
      onFailedAttempt: ({ error }) => {
        if (error instanceof BranchMoved) step('retry');
      },
    });
  } catch (error) {
    if (!(error instanceof BranchMoved)) throw error;
    throw new OpsError(`${branch} was not written`, [{ code: 'busy', what: `others moved ${branch} ${RETRIES} times while this was decided`, next: 'run the same command again' }], { cause: error });
  }
}

async function isPartOf(gitDir: string, commit: string, tip: string): Promise<boolean> {
  return (await askGit(['merge-base', '--is-ancestor', '--end-of-options', commit, tip], { gitDir })).exitCode === 0;
}
