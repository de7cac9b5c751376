import { nameOf, typed, type Unit } from '../../model/derived/units.ts';
import { ProblemsError } from '../../model/problem.ts';
import { isWhole } from '../release/known-state.ts';
import { readFileAt } from '../git/read-blobs.ts';
import { readTree } from '../git/read-tree.ts';
import { findState } from '../history/find-state.ts';
import { readHistory, type HistoryEntry } from '../history/read-history.ts';
import { OpsError } from '../ops-error.ts';
import { INDEX_FILE, readBranchIndex, type BranchIndex } from '../release/branch-index.ts';
import { RELEASE_FILE } from '../release/release-record.ts';
import type { OwnBranch } from '../branch/branch-state.ts';
import type { OpsRepository } from '../repository/ops-repository.ts';

/**
 * Chooses the state to go back to: the one that is named, else the newest before this one with other files of ours. A branch
 * that was just rolled back stays where it is, so that asking twice does not go back twice.
 *
 * @throws OpsError when there is none
 */
export async function chooseTarget(
  repository: OpsRepository,
  state: OwnBranch,
  unit: Unit,
  to?: string,
): Promise<HistoryEntry> {
  const { entries } = await readHistory(repository, state.tip);
  const last = entries.find(({ record }) => record.change.kind !== 'hold' && record.change.kind !== 'unhold');
  const isRolledBack = last?.record.change.kind === 'rollback';
  const chosen =
    to !== undefined ? findState(entries, to) : isRolledBack ? last : await stateWithOtherFiles(repository, entries);
  if (chosen !== undefined) return chosen;
  const what =
    to === undefined ? `${unit.branch} has no earlier state with other files` : `${unit.branch} never held ${to}`;
  throw new OpsError(`${nameOf(unit)} was not rolled back`, [
    { code: 'not-found', what, next: `npx portolan history ${typed(unit)}` },
  ]);
}

async function stateWithOtherFiles(
  repository: OpsRepository,
  [newest, ...earlier]: readonly HistoryEntry[],
): Promise<HistoryEntry | undefined> {
  // Not the tip's: what somebody edited by hand since is no state to go back from.
  const now = newest === undefined ? '' : await ownFiles(repository, newest.commit);
  for (const entry of earlier) {
    const files = await ownFiles(repository, entry.commit);
    if (files !== undefined && files !== now && (await isWhole(repository.gitDir, entry.commit))) return entry;
  }
  return undefined;
}

/** Ids and paths of the files that are ours, without those that say how they came; nothing where nobody can tell which are. */
async function ownFiles(repository: OpsRepository, commit: string): Promise<string | undefined> {
  const [tree, text] = await Promise.all([
    readTree(repository.gitDir, commit),
    readFileAt(repository.gitDir, commit, INDEX_FILE),
  ]);
  const index = readable(text ?? '');
  if (index === undefined) return undefined;
  const { objects, files } = index;
  const paths = [...Object.keys(objects), ...Object.keys(files)].filter((path) => path !== RELEASE_FILE).sort();
  return paths.map((path) => `${tree.get(path)?.id ?? ''} ${path}`).join('\n');
}

function readable(text: string): BranchIndex | undefined {
  try {
    return readBranchIndex(text);
  } catch (error) {
    if (error instanceof ProblemsError) return undefined;
    throw error;
  }
}
