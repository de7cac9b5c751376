import type { Unit } from '../../model/derived/units.ts';
import { askGit } from '../git/run-git.ts';
import type { OpsContext } from '../ops-context.ts';
import { OpsError } from '../ops-error.ts';
import type { ReleaseRecord } from '../release/release-record.ts';
import type { InTurn } from '../in-turn.ts';
import { BranchMoved, retryWhenMoved } from './retry-moved.ts';

/** What an attempt decided from the tip it was shown: nothing to write, or a commit to point the branch at. */
export type Attempt<Result> =
  | { readonly kind: 'nothing'; readonly result: Result }
  | {
      readonly kind: 'commit';
      readonly commit: string;
      readonly record: ReleaseRecord;
      readonly subject: string;
      readonly result: Result;
    };

/** Decides what to write from the tip of a unit's branch; called again from the new tip when the branch moved. */
export type Decide<Result> = (tip: string | undefined) => Promise<Attempt<Result>>;

/** What came of it, and how often it was decided. */
export interface Landed<Result> {
  readonly result: Result;
  readonly attempts: number;
}

const atOnce: InTurn = (_, work) => work();

/** Times that a host which broke off may be asked again. */
const BROKEN_CONNECTIONS = 3;

/**
 * Decides and writes onto a unit's branch. The branch only ever moves from the tip that was decided on to a commit
 * that was made on top of it.
 *
 * @throws OpsError when the attempt refuses, the repository fails, or the branch never stays still
 */
export async function land<Result>(context: OpsContext, unit: Unit, decide: Decide<Result>): Promise<Landed<Result>> {
  const { branch, environment } = unit;
  let sent: { readonly commit: string; readonly result: Result } | undefined;
  let broken = 0;
  const { inTurn = atOnce } = context;
  const attempt = async (attempts: number): Promise<Landed<Result>> => {
    const tip = await context.repository.tip(branch);
    // A push whose answer was lost may have happened.
    if (sent !== undefined && tip !== undefined && (await isPartOf(context.repository.gitDir, sent.commit, tip)))
      return { result: sent.result, attempts };
    const decided = await decide(tip);
    if (decided.kind === 'nothing') return { result: decided.result, attempts };
    sent = decided;
    context.onStep?.({ name: 'land', environment });
    try {
      if ((await context.repository.move(branch, decided.commit, tip)) === 'behind') throw new BranchMoved();
    } catch (error) {
      const isBroken = error instanceof OpsError && (error.code === 'unreachable' || error.code === 'timeout');
      if (isBroken && ++broken <= BROKEN_CONNECTIONS) throw new BranchMoved(undefined, { cause: error });
      throw error;
    }
    context.onStep?.({ name: 'landed', environment });
    return { result: decided.result, attempts };
  };
  return retryWhenMoved(context, unit, (attempts) => inTurn(branch, () => attempt(attempts)));
}

async function isPartOf(gitDir: string, commit: string, tip: string): Promise<boolean> {
  return (await askGit(['merge-base', '--is-ancestor', '--end-of-options', commit, tip], { gitDir })).exitCode === 0;
}
