import { readTree, type Tree } from '../git/read-tree.ts';
import { findState } from '../history/find-state.ts';
import { readHistory, type HistoryEntry } from '../history/read-history.ts';
import { OpsError } from '../ops-error.ts';
import { INDEX_FILE } from '../release/branch-index.ts';
import { RELEASE_FILE } from '../release/release-record.ts';
import type { OwnBranch } from '../branch/branch-state.ts';
import type { OpsRepository } from '../repository/ops-repository.ts';

/** A state to go back to. */
export interface RollbackTarget extends HistoryEntry {
  /** Whether the branch was rolled back to it already, and nothing but holds has come since. */
  readonly isDone: boolean;
}

/**
 * Chooses the state to go back to: the one that is named, else the newest before this one with other files. A branch that
 * was just rolled back stays where it is, so that asking twice does not go back twice.
 *
 * @throws OpsError when there is none
 */
export async function chooseTarget(repository: OpsRepository, state: OwnBranch, branch: string, to?: string): Promise<RollbackTarget> {
  const { entries } = await readHistory(repository, state.tip);
  const environment = state.record.environment;
  const failed = `${environment} was not rolled back`;
  const next = `portolan history ${environment}`;
  const last = entries.find(({ record }) => record.change.kind !== 'hold' && record.change.kind !== 'unhold')?.record;
  const done = last?.change.kind === 'rollback' && last.origin.kind === 'rollback' ? last.origin.to.commit : undefined;
  const chosen = to !== undefined ? findState(entries, to) : done !== undefined ? entries.find(({ commit }) => commit === done) : await stateWithOtherFiles(repository, state, entries);
  if (chosen !== undefined) return { ...chosen, isDone: chosen.commit === done };
  throw new OpsError(failed, [{ code: 'not-found', what: to === undefined ? `${branch} has no earlier state with other files` : `${branch} never held ${to}`, next }]);
}

async function stateWithOtherFiles(repository: OpsRepository, state: OwnBranch, entries: readonly HistoryEntry[]): Promise<HistoryEntry | undefined> {
  const now = withoutRecord(state.tree);
  for (const entry of entries) {
    if (withoutRecord(await readTree(repository.gitDir, entry.commit)) !== now) return entry;
  }
  return undefined;
}

const withoutRecord = (tree: Tree): string =>
  [...tree]
    .filter(([path]) => path !== RELEASE_FILE && path !== INDEX_FILE)
    .map(([path, { id }]) => `${id} ${path}`)
    .join('\n');
