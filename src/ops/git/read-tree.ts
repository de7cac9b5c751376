import { GitFailure } from './git-failure.ts';
import { readObjects } from './object-reader.ts';

/** One file of a commit. */
export interface TreeEntry {
  /** Git's file mode, e.g. `100644`. */
  readonly mode: string;
  /** Object id of the contents. */
  readonly id: string;
}

/** Path → file, of a whole commit. */
export type Tree = ReadonlyMap<string, TreeEntry>;

/** What a folder holds, in Git's order. */
type Folder = readonly (TreeEntry & { readonly name: string })[];

const FOLDER = '040000';

/**
 * Lists every file of a commit, in the order of `git ls-tree -r`: all folders of one depth are asked for at once.
 *
 * @throws GitFailure when the repository has no such commit
 */
export async function readTree(gitDir: string, commit: string): Promise<Tree> {
  const folders = new Map<string, Folder>();
  const read = async (names: readonly string[]): Promise<readonly string[]> => {
    const objects = await readObjects({ gitDir }, names);
    return objects.map((object, i) => {
      if (object?.type !== 'tree') throw new GitFailure('other', 'cat-file', `${names[i] ?? ''} is no tree`);
      folders.set(object.id, entriesOf(object.bytes, object.id.length / 2));
      return object.id;
    });
  };
  const [root = ''] = await read([`${commit}^{tree}`]);
  for (let level = [root]; level.length > 0;) {
    const below = level.flatMap((id) => folders.get(id) ?? []).filter(({ mode }) => mode === FOLDER);
    level = [...new Set(below.map(({ id }) => id))].filter((id) => !folders.has(id));
    await read(level);
  }
  const filesBelow = (id: string, path: string): readonly [string, TreeEntry][] =>
    (folders.get(id) ?? []).flatMap(({ name, ...entry }): readonly [string, TreeEntry][] =>
      entry.mode === FOLDER ? filesBelow(entry.id, `${path}${name}/`) : [[`${path}${name}`, entry]],
    );
  return new Map(filesBelow(root, ''));
}

/** The entries of a tree object: mode, name, and the bytes of the id. */
function entriesOf(bytes: Buffer, idLength: number): Folder {
  const entries: (TreeEntry & { readonly name: string })[] = [];
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(0x20, at);
    const end = bytes.indexOf(0, space);
    entries.push({
      mode: bytes.toString('latin1', at, space).padStart(6, '0'),
      name: bytes.toString('utf8', space + 1, end),
      id: bytes.toString('hex', end + 1, end + 1 + idLength),
    });
    at = end + 1 + idLength;
  }
  return entries;
}
