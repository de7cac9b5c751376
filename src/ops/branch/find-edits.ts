import { writeImageReference } from '../../model/release.ts';
import { blobId } from '../git/blob-id.ts';
import { lastChanges } from '../git/last-changes.ts';
import { readFiles } from '../git/read-blobs.ts';
import { fileDigest, imagesIn } from '../release/file-digest.ts';
import { authorOf } from '../foreign/author-of.ts';
import { isSameImage } from '../foreign/same-image.ts';
import { versionSaid } from '../foreign/moved-release.ts';
import { partsOf } from '../release/field-values.ts';
import { RELEASE_FILE, wholeRelease } from '../release/release-record.ts';
import type { OpsRepository } from '../repository/ops-repository.ts';
import type { OwnBranch } from './branch-state.ts';
import type { Edit } from '../written/edit.ts';

/**
 * Finds files of ours that were edited by hand and that the new files would undo. An edit that the new files make too is
 * none; `release.yaml` is always looked at.
 *
 * @param files - what the branch should hold; undefined looks at every file
 */
export async function findEdits(
  repository: OpsRepository,
  state: OwnBranch,
  files?: ReadonlyMap<string, string>,
): Promise<readonly Edit[]> {
  const { index, tree } = state;
  const owned = [...Object.keys(index.objects), ...Object.keys(index.files)];
  const isWanted = (path: string): boolean => {
    const [entry, text] = [tree.get(path), files?.get(path)];
    if (entry === undefined || text === undefined || path === RELEASE_FILE) return false;
    return entry.mode === '100644' && entry.id === blobId(text, entry.id);
  };
  const deleted = owned.filter((path) => !tree.has(path) && (files === undefined || files.has(path)));
  const suspects = owned.filter((path) => tree.has(path) && !isWanted(path));
  const texts = await readFiles(repository.gitDir, tree, suspects);
  const found = [
    ...deleted.map((path) => ({ path, what: 'deleted' as const })),
    ...suspects.flatMap((path) => {
      const what = judge(state, path, texts.get(path) ?? '');
      return what === undefined ? [] : [{ path, what }];
    }),
  ].sort((a, b) => (a.path < b.path ? -1 : 1));
  if (found.length === 0) return [];
  const authors = await lastChanges(
    repository.gitDir,
    state.tip,
    found.map(({ path }) => path),
  );
  return Promise.all(
    found.map(async (edit) => {
      // Who moved the fields of a file since is not who edited the rest of it.
      const by = (await authorOf(repository.gitDir, state, edit)) ?? authors.get(edit.path);
      return by === undefined ? edit : { ...edit, by };
    }),
  );
}

/** Every edit of a branch's own files, with those of the two that say what is ours. */
export async function editsOf(
  repository: OpsRepository,
  state: OwnBranch,
  files?: ReadonlyMap<string, string>,
): Promise<readonly Edit[]> {
  const damage = state.damage?.edits ?? [];
  const found = await findEdits(repository, state, files);
  return [...found.filter(({ path }) => !damage.some((edit) => edit.path === path)), ...damage].sort((a, b) =>
    a.path < b.path ? -1 : 1,
  );
}

function judge(state: OwnBranch, path: string, text: string): Exclude<Edit['what'], 'deleted'> | undefined {
  const { index, tree, record } = state;
  if (index.fields !== undefined) return judgeFields(state, path, text);
  const object = index.objects[path];
  const expected = object?.digest ?? index.files[path];
  if (tree.get(path)?.mode !== '100644' || fileDigest(text, object?.images) !== expected) return 'changed';
  if (object?.images === undefined) return undefined;
  const released = new Set(Object.values(wholeRelease(record.applications).images).map(writeImageReference));
  return imagesIn(text, object.images).every((reference) => released.has(reference)) ? undefined : 'image moved';
}

/** Where others move fields, what a field says is an edit only where it is not believed: another field says otherwise, or it is no version. */
function judgeFields(
  { index, tree, record }: OwnBranch,
  path: string,
  text: string,
): Exclude<Edit['what'], 'deleted'> | undefined {
  const fields = index.fields?.[path] ?? [];
  const { outside, values, missing } = partsOf(text, fields);
  const isChanged = fileDigest(outside) !== (index.objects[path]?.digest ?? index.files[path]);
  if (tree.get(path)?.mode !== '100644' || isChanged || missing.length > 0) return 'changed';
  const { images } = wholeRelease(record.applications);
  const isBelieved = values.every((value) => {
    const image = images[value.field.artifact];
    const said = image === undefined ? undefined : versionSaid(image, [value]);
    return image !== undefined && said !== undefined && isSameImage(said, image);
  });
  return isBelieved ? undefined : 'version moved';
}
