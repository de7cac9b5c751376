import { git } from './run-git.ts';

/**
 * Reads many objects in one process, by id or as `<commit>:<path>`. What does not exist is absent from the answer.
 */
export async function readBlobs(gitDir: string, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  if (names.length === 0) return found;
  const answer = await git(['cat-file', '--batch'], { gitDir, input: `${names.join('\n')}\n` });
  let offset = 0;
  for (const name of names) {
    const end = answer.indexOf('\n', offset);
    const header = answer.toString('utf8', offset, end);
    offset = end + 1;
    const size = /^[0-9a-f]+ \w+ (\d+)$/.exec(header)?.[1];
    if (size === undefined) continue;
    found.set(name, answer.toString('utf8', offset, offset + Number(size)));
    offset += Number(size) + 1;
  }
  return found;
}

/** Reads one file of a commit; undefined when the commit has no such file. */
export async function readFileAt(gitDir: string, commit: string, path: string): Promise<string | undefined> {
  const name = `${commit}:${path}`;
  return (await readBlobs(gitDir, [name])).get(name);
}
