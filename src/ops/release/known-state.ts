import { ProblemsError } from '../../model/problem.ts';
import { readBlobs } from '../git/read-blobs.ts';
import { git } from '../git/run-git.ts';
import { INDEX_FILE, readBranchIndex, type BranchIndex } from './branch-index.ts';
import { fileDigest } from './file-digest.ts';
import { readReleaseRecord } from './read-release-record.ts';
import { RELEASE_FILE, type ReleaseRecord } from './release-record.ts';

/** What a branch says of itself, when nobody edited it: `release.yaml` is the one that `index.json` names. */
export interface KnownState {
  readonly index: BranchIndex;
  readonly record: ReleaseRecord;
  /** Text of `release.yaml`. */
  readonly recordText: string;
}

/** A state that is whole, and the commit that has it. */
export interface KnownCommit extends KnownState {
  readonly commit: string;
}

/**
 * Reads both files as one: what `release.yaml` says is believed only when `index.json` has its digest.
 *
 * @returns nothing when `release.yaml` is not the one that was written with the index
 * @throws ProblemsError when one of them is missing or cannot be read
 */
export function wholeState(index: string | undefined, recordText: string | undefined): KnownState | undefined {
  const missing = [
    [INDEX_FILE, index],
    [RELEASE_FILE, recordText],
  ].flatMap(([file = '', text]) =>
    text === undefined ? [{ path: file, message: 'is missing, though others of our files are there' }] : [],
  );
  if (index === undefined || recordText === undefined) throw new ProblemsError('the branch', missing);
  const read = readBranchIndex(index);
  const record = readReleaseRecord(recordText);
  return fileDigest(recordText) === read.files[RELEASE_FILE] ? { index: read, record, recordText } : undefined;
}

/** Commits that are looked through first; most branches need one or two. */
const FIRST_LOOK = 50;

/**
 * Finds the newest commit up to a tip whose files are whole; undefined when no commit of the branch is.
 *
 * @param sealed - whether the index must have a digest of its own, because one before the tip had it
 */
export async function newestWhole(gitDir: string, tip: string, sealed: boolean): Promise<KnownCommit | undefined> {
  const first = await commitsOf(gitDir, tip, [`--max-count=${FIRST_LOOK}`]);
  return (
    (await firstWhole(gitDir, first, sealed)) ??
    (first.length < FIRST_LOOK
      ? undefined
      : firstWhole(gitDir, await commitsOf(gitDir, tip, [`--skip=${FIRST_LOOK}`]), sealed))
  );
}

/** Text that a file of a branch had last; undefined where it never had one. */
export async function newestText(gitDir: string, tip: string, file: string): Promise<string | undefined> {
  const commits = await commitsOf(gitDir, tip, ['--max-count=2'], [file]);
  const texts = await readBlobs(
    gitDir,
    commits.map((commit) => `${commit}:${file}`),
  );
  return texts.values().next().value;
}

/** Whether an index without a digest of its own follows one that had it: then somebody took it away. */
export async function lostItsDigest(gitDir: string, tip: string): Promise<boolean> {
  const [, before] = await commitsOf(gitDir, tip, ['--max-count=2'], [INDEX_FILE]);
  if (before === undefined) return false;
  const text = (await readBlobs(gitDir, [`${before}:${INDEX_FILE}`])).get(`${before}:${INDEX_FILE}`);
  try {
    return text !== undefined && readBranchIndex(text).unsealed !== true;
  } catch (error) {
    if (error instanceof ProblemsError) return false;
    throw error;
  }
}

async function firstWhole(
  gitDir: string,
  commits: readonly string[],
  sealed: boolean,
): Promise<KnownCommit | undefined> {
  const texts = await readBlobs(
    gitDir,
    commits.flatMap((commit) => [`${commit}:${INDEX_FILE}`, `${commit}:${RELEASE_FILE}`]),
  );
  for (const commit of commits) {
    try {
      const whole = wholeState(texts.get(`${commit}:${INDEX_FILE}`), texts.get(`${commit}:${RELEASE_FILE}`));
      if (whole !== undefined && (!sealed || whole.index.unsealed !== true)) return { commit, ...whole };
    } catch (error) {
      if (!(error instanceof ProblemsError)) throw error;
    }
  }
  return undefined;
}

async function commitsOf(
  gitDir: string,
  tip: string,
  limits: readonly string[],
  files: readonly string[] = [RELEASE_FILE, INDEX_FILE],
): Promise<readonly string[]> {
  const log = await git(['log', '--first-parent', ...limits, '--format=%H', '--end-of-options', tip, '--', ...files], {
    gitDir,
  });
  return log
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
}

/** Whether both files of a commit are as they were written. */
export async function isWhole(gitDir: string, commit: string): Promise<boolean> {
  const [index, record] = [`${commit}:${INDEX_FILE}`, `${commit}:${RELEASE_FILE}`] as const;
  const texts = await readBlobs(gitDir, [index, record]);
  try {
    return wholeState(texts.get(index), texts.get(record)) !== undefined;
  } catch (error) {
    if (error instanceof ProblemsError) return false;
    throw error;
  }
}
