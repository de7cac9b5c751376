import { git } from './run-git.ts';

/** One file of a commit. */
export interface TreeEntry {
  /** Git's file mode, e.g. `100644`. */
  readonly mode: string;
  /** Object id of the contents. */
  readonly id: string;
}

/** Path → file, of a whole commit. */
export type Tree = ReadonlyMap<string, TreeEntry>;

/** Lists every file of a commit, in one process. */
export async function readTree(gitDir: string, commit: string): Promise<Tree> {
  const listing = await git(['ls-tree', '-r', '-z', '--full-tree', '--end-of-options', commit], { gitDir });
  const entries = listing
    .toString('utf8')
    .split('\0')
    .filter((line) => line !== '')
    .map((line): [string, TreeEntry] => {
      const tab = line.indexOf('\t');
      const [mode = '', , id = ''] = line.slice(0, tab).split(' ');
      return [line.slice(tab + 1), { mode, id }];
    });
  return new Map(entries);
}
