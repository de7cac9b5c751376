import { ProblemsError } from '../../model/problem.ts';
import { wholeState } from '../release/known-state.ts';
import { commitsBetween } from '../git/commits-between.ts';
import type { CommitFiles } from '../git/logged-commits.ts';
import { readBlobs } from '../git/read-blobs.ts';
import { INDEX_FILE } from '../release/branch-index.ts';
import { RELEASE_FILE } from '../release/release-record.ts';
import { hasFields, movesIn, type ForeignMove, type LastWrite } from './foreign-moves.ts';

/** What others than this program moved on a branch, in all its history. */
export interface MovesOfBranch {
  /** Oldest first. */
  readonly moves: readonly ForeignMove[];
  /** Every commit of the branch, newest first. */
  readonly order: readonly string[];
}

/** Reads every move of others up to a commit of a branch. */
export async function movesUpTo(gitDir: string, tip: string): Promise<MovesOfBranch> {
  const commits = await commitsBetween(gitDir, undefined, tip);
  const written = await writesIn(gitDir, commits);
  const moves = await Promise.all(
    written.map(async ({ at, ...state }, i) => {
      const next = written[i + 1]?.at;
      return hasFields(state.index) ? movesIn(gitDir, state, commits.slice(at + 1, next)) : [];
    }),
  );
  return { moves: moves.flat(), order: commits.map(({ commit }) => commit).reverse() };
}

/** What this program wrote: each whole state once, in the commit that has it first. Edits in between, and what takes them back, write nothing. */
async function writesIn(
  gitDir: string,
  commits: readonly CommitFiles[],
): Promise<readonly (LastWrite & { readonly at: number })[]> {
  const touching = commits.flatMap(({ commit, files }, at) =>
    files.includes(INDEX_FILE) || files.includes(RELEASE_FILE) ? [{ commit, at }] : [],
  );
  const texts = await readBlobs(
    gitDir,
    touching.flatMap(({ commit }) => [`${commit}:${INDEX_FILE}`, `${commit}:${RELEASE_FILE}`]),
  );
  const known = new Set<string>();
  return touching.flatMap(({ commit, at }) => {
    const recordText = texts.get(`${commit}:${RELEASE_FILE}`);
    const state = readable(texts.get(`${commit}:${INDEX_FILE}`), recordText);
    if (state === undefined || recordText === undefined || known.has(recordText)) return [];
    known.add(recordText);
    return [{ at, commit, index: state.index, record: state.record }];
  });
}

function readable(index: string | undefined, record: string | undefined): ReturnType<typeof wholeState> {
  try {
    return wholeState(index, record);
  } catch (error) {
    if (error instanceof ProblemsError) return undefined;
    throw error;
  }
}
