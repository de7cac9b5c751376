import { askGit, git } from '../git/run-git.ts';

/** The commit that a ref names; undefined when there is no such ref. */
export async function commitOf(gitDir: string, ref: string): Promise<string | undefined> {
  const answer = await askGit(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`], { gitDir });
  const id = answer.stdout.toString('utf8').trim();
  return answer.exitCode === 0 && id !== '' ? id : undefined;
}

/** Refs below a folder of refs: name without that folder → commit. */
export async function refsBelow(gitDir: string, folder: string): Promise<ReadonlyMap<string, string>> {
  const listing = await git(['for-each-ref', '--format=%(objectname) %(refname)', folder], { gitDir });
  const lines = listing
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
  return new Map(
    lines.map((line) => {
      const space = line.indexOf(' ');
      return [line.slice(space + 1 + folder.length), line.slice(0, space)];
    }),
  );
}
