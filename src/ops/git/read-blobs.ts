import { readObjects } from './object-reader.ts';
import type { Tree } from './read-tree.ts';

/**
 * Reads many files at once, by id or as `<commit>:<path>`. What does not exist is absent from the answer.
 */
export async function readBlobs(gitDir: string, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const objects = await readObjects({ gitDir }, names);
  return new Map(
    names.flatMap((name, i) => {
      const object = objects[i];
      return object === undefined ? [] : [[name, object.bytes.toString('utf8')]];
    }),
  );
}

/**
 * Reads files of a commit by the ids that its tree has for them. By path, Git reads every folder above a file anew for each, however many files that has.
 *
 * @returns path → text; what the commit has not is absent
 */
export async function readFiles(
  gitDir: string,
  tree: Tree,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const ids = paths.flatMap((path) => {
    const id = tree.get(path)?.id;
    return id === undefined ? [] : [[path, id] as const];
  });
  const texts = await readBlobs(gitDir, [...new Set(ids.map(([, id]) => id))]);
  return new Map(
    ids.flatMap(([path, id]) => {
      const text = texts.get(id);
      return text === undefined ? [] : [[path, text] as const];
    }),
  );
}

/** Reads one file of a commit; undefined when the commit has no such file. */
export async function readFileAt(gitDir: string, commit: string, path: string): Promise<string | undefined> {
  const [object] = await readObjects({ gitDir }, [`${commit}:${path}`]);
  return object?.bytes.toString('utf8');
}
