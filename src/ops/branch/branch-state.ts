import type { Delivery } from '../../model/delivery.ts';
import { environmentBranch } from '../../model/names.ts';
import { ProblemsError } from '../../model/problem.ts';
import { readBlobs } from '../git/read-blobs.ts';
import { readTree, type Tree } from '../git/read-tree.ts';
import { git } from '../git/run-git.ts';
import { OpsError } from '../ops-error.ts';
import { INDEX_FILE, readBranchIndex, type BranchIndex } from '../release/branch-index.ts';
import { readReleaseRecord } from '../release/read-release-record.ts';
import { RELEASE_FILE, type ReleaseRecord } from '../release/release-record.ts';
import type { OpsRepository } from '../repository/ops-repository.ts';

/** A branch that this program has written. */
export interface OwnBranch {
  readonly kind: 'ours';
  readonly tip: string;
  readonly tree: Tree;
  readonly index: BranchIndex;
  readonly record: ReleaseRecord;
  /** Text of `release.yaml`. */
  readonly recordText: string;
}

/** What an environment's branch is before a write. */
export type BranchState =
  | { readonly kind: 'absent' }
  /** Holds only the first commit that made the branch: no files but these usual ones. */
  | { readonly kind: 'first-commit'; readonly tip: string; readonly tree: Tree }
  | OwnBranch;

/** Files that a host puts into a repository's first commit. */
const FIRST_FILES = new Set(['README.md', 'LICENSE', '.gitignore']);

/**
 * Reads what an environment's branch holds at a commit.
 *
 * @throws OpsError when the branch is not this project's, or its files cannot be read
 */
export async function readBranch(
  repository: OpsRepository,
  delivery: Delivery,
  environment: string,
  tip: string | undefined,
): Promise<BranchState> {
  if (tip === undefined) return { kind: 'absent' };
  const branch = environmentBranch(environment);
  const tree = await readTree(repository.gitDir, tip);
  if (!tree.has(INDEX_FILE)) {
    if (await isFirstCommit(repository.gitDir, tip, tree)) return { kind: 'first-commit', tip, tree };
    throw notOurs(branch, `has files and no ${INDEX_FILE}, so it is somebody else's`);
  }
  const files = await readBlobs(repository.gitDir, [`${tip}:${INDEX_FILE}`, `${tip}:${RELEASE_FILE}`]);
  const recordText = files.get(`${tip}:${RELEASE_FILE}`);
  const { index, record } = readOwnFiles(branch, tip, files.get(`${tip}:${INDEX_FILE}`) ?? '', recordText);
  if (index.project !== delivery.name)
    throw notOurs(branch, `belongs to the project "${index.project}", this one is "${delivery.name}"`);
  for (const name of [index.environment, record.environment]) {
    if (name !== environment) throw notOurs(branch, `holds the environment "${name}"`);
  }
  return { kind: 'ours', tip, tree, index, record, recordText: recordText ?? '' };
}

function readOwnFiles(
  branch: string,
  tip: string,
  index: string,
  record: string | undefined,
): { readonly index: BranchIndex; readonly record: ReleaseRecord } {
  try {
    if (record === undefined)
      throw new ProblemsError(RELEASE_FILE, [
        { path: RELEASE_FILE, message: `is missing, though ${INDEX_FILE} is there` },
      ]);
    return { index: readBranchIndex(index), record: readReleaseRecord(record) };
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    throw new OpsError(
      `${branch} cannot be read at ${tip.slice(0, 12)}`,
      [
        {
          code: 'bad-file',
          what: error.message.replace(/^portolan: /, ''),
          next: `find the commit with "git log ${branch} -- ${RELEASE_FILE} ${INDEX_FILE}" and revert it`,
        },
      ],
      { cause: error },
    );
  }
}

const notOurs = (branch: string, why: string): OpsError =>
  new OpsError(`${branch} was not touched`, [
    {
      code: 'not-ours',
      what: `the branch ${branch} ${why}`,
      next: 'name another ops repository, or remove the branch if nothing runs from it',
    },
  ]);

async function isFirstCommit(gitDir: string, tip: string, tree: Tree): Promise<boolean> {
  if ([...tree.keys()].some((path) => !FIRST_FILES.has(path))) return false;
  const parents = (await git(['rev-list', '--parents', '--max-count=1', '--end-of-options', tip], { gitDir }))
    .toString('utf8')
    .trim();
  return !parents.includes(' ');
}
