import type { KnownState } from '../release/known-state.ts';
import { blobId } from '../git/blob-id.ts';
import { readFiles } from '../git/read-blobs.ts';
import type { Tree } from '../git/read-tree.ts';
import { git } from '../git/run-git.ts';
import { RELEASE_FILE } from '../release/release-record.ts';
import { foreignMoves, hasFields } from './foreign-moves.ts';

/** What a branch last said whole, and what it holds. */
interface Said extends KnownState {
  readonly tip: string;
  readonly tree: Tree;
}

/** A branch with the release that others moved it to, where they may. */
export async function withMoves<State extends Said>(
  gitDir: string,
  state: State,
): Promise<State & { readonly fieldTexts?: ReadonlyMap<string, string> }> {
  const { index, record, recordText, tip, tree } = state;
  if (!hasFields(index)) return state;
  const commit = await writeOf(gitDir, tip, recordText);
  const moves = commit === undefined ? [] : await foreignMoves(gitDir, { commit, index, record }, tip);
  const fieldTexts = await readFiles(gitDir, tree, Object.keys(index.fields ?? {}));
  return { ...state, record: moves.at(-1)?.record ?? record, fieldTexts };
}

/** The commit that wrote a `release.yaml`: the first one that has it. A later one may have brought it back, after an edit. */
async function writeOf(gitDir: string, tip: string, recordText: string): Promise<string | undefined> {
  const log = await git(
    [
      'log',
      '--first-parent',
      '-m',
      '--no-renames',
      `--find-object=${blobId(recordText, tip)}`,
      '--format=%H',
      '--end-of-options',
      tip,
      '--',
      RELEASE_FILE,
    ],
    { gitDir },
  );
  const commits = log.toString('utf8').split('\n');
  return commits.filter((line) => line !== '').at(-1);
}
