import { readObjects } from './object-reader.ts';

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

/** Reads one file of a commit; undefined when the commit has no such file. */
export async function readFileAt(gitDir: string, commit: string, path: string): Promise<string | undefined> {
  const [object] = await readObjects({ gitDir }, [`${commit}:${path}`]);
  return object?.bytes.toString('utf8');
}
