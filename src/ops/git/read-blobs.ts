import { readObjects } from './object-reader.ts';
import { readTree } from './read-tree.ts';

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

/** How many files of a commit are asked for by their paths: for each of them Git reads every folder above it, however many files that has. */
const FEW = 8;

/**
 * Reads files of one commit.
 *
 * @returns path → text; what the commit has not is absent
 */
export async function readFilesAt(
  gitDir: string,
  commit: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const tree = paths.length > FEW ? await readTree(gitDir, commit) : undefined;
  const names = paths.flatMap((path): readonly (readonly [string, string])[] => {
    if (tree === undefined) return [[path, `${commit}:${path}`]];
    const id = tree.get(path)?.id;
    return id === undefined ? [] : [[path, id]];
  });
  const texts = await readBlobs(gitDir, [...new Set(names.map(([, name]) => name))]);
  return new Map(
    names.flatMap(([path, name]) => {
      const text = texts.get(name);
      return text === undefined ? [] : [[path, text] as const];
    }),
  );
}

/** Reads one file of a commit; undefined when the commit has no such file. */
export async function readFileAt(gitDir: string, commit: string, path: string): Promise<string | undefined> {
  const [object] = await readObjects({ gitDir }, [`${commit}:${path}`]);
  return object?.bytes.toString('utf8');
}
