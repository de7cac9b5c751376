import type { KnownState } from '../release/known-state.ts';
import { changesOf } from '../git/last-changes.ts';
import type { CommitAuthor } from '../git/logged-commits.ts';
import { readBlobs } from '../git/read-blobs.ts';
import { partsOf } from '../release/field-values.ts';
import type { Edit } from '../written/edit.ts';

/**
 * Who edited a file of which others move fields: who changed it last outside of these, or, where a field says what the others do not, inside of
 * them. Nothing for other files.
 */
export async function authorOf(
  gitDir: string,
  { index, tip }: Pick<KnownState, 'index'> & { readonly tip: string },
  { path, what }: Pick<Edit, 'path' | 'what'>,
): Promise<CommitAuthor | undefined> {
  const fields = index.fields?.[path];
  if (fields === undefined || what === 'deleted') return undefined;
  const changes = await changesOf(gitDir, tip, path);
  const texts = await readBlobs(
    gitDir,
    changes.map(({ commit }) => `${commit}:${path}`),
  );
  const said = changes.map(({ commit }) => {
    const text = texts.get(`${commit}:${path}`);
    if (text === undefined) return undefined;
    const { outside, values } = partsOf(text, fields);
    return what === 'changed' ? outside : JSON.stringify(values.map(({ value }) => value));
  });
  const newest = said.findIndex((one, i) => one !== said[i + 1]);
  return changes[newest];
}
