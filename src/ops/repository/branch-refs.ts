import { readObjects } from '../git/object-reader.ts';
import { askGit, git } from '../git/run-git.ts';
import { OpsError } from '../ops-error.ts';

/**
 * The commit that a ref names; undefined when there is no such ref.
 *
 * @throws OpsError when there is one and it names no commit: nothing can be read from it, and no write can replace it
 */
export async function commitOf(gitDir: string, ref: string): Promise<string | undefined> {
  const [found] = await readObjects({ gitDir }, [ref]);
  if (found?.type === 'commit') return found.id;
  // Twice in one process: what the ref names, and the commit that it is.
  const answer = await askGit(['rev-parse', '--revs-only', '--end-of-options', ref, `${ref}^{commit}`], { gitDir });
  const [named, commit] = answer.stdout
    .toString('utf8')
    .split('\n')
    .filter((line) => /^[0-9a-f]{40,}$/.test(line));
  if (commit !== undefined) return commit;
  // A whole commit that is not there names nothing either.
  if (named === ref) return undefined;
  if (named === undefined && !answer.stderr.includes(`broken ref ${ref}`)) return undefined;
  const branch = ref.replace(/^refs\/(?:heads|remotes\/ops)\//, '');
  const object = named?.slice(0, 12) ?? 'nothing';
  throw new OpsError(`${branch} was not touched`, [
    {
      code: 'bad-file',
      what: `the branch ${branch} names ${object}, which is no commit that the repository has`,
      next: `point it at one that the environment had: git --git-dir=${gitDir} update-ref ${ref} COMMIT`,
    },
  ]);
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
