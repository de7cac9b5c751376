import type { Unit } from '../../model/derived/units.ts';
import { recordFiles } from '../branch/branch-files.ts';
import { readFileAt } from '../git/read-blobs.ts';
import { readTree, type Tree } from '../git/read-tree.ts';
import { git } from '../git/run-git.ts';
import { writeCommit } from '../git/write-commit.ts';
import type { OpsContext } from '../ops-context.ts';
import { INDEX_FILE, readBranchIndex } from '../release/branch-index.ts';
import { readReleaseRecord } from '../release/read-release-record.ts';
import { RELEASE_FILE, type ReleaseRecord } from '../release/release-record.ts';
import { commitMessage } from './commit-message.ts';
import { BranchMoved } from './retry-moved.ts';
import { writerOf } from '../git/writer.ts';

/** A commit that is to be the branch of a pull request. */
export interface ProposedCommit {
  /** Branch of the pull request. */
  readonly head: string;
  /** What it is proposed to. */
  readonly unit: Unit;
  readonly commit: string;
  readonly record: ReleaseRecord;
  readonly subject: string;
  /** Tip of the environment's branch, which is the commit's parent. */
  readonly base: string;
}

/** Minutes for which a branch that no pull request is of is taken for another run's, which is about to open one. */
const FRESH_MINUTES = 30;

/**
 * Points the pull request's branch at a commit, unless it says the same already: a new commit would dismiss reviews. Where no pull
 * request is open, what was left over long ago is replaced all the same, so that nobody takes it away as such meanwhile.
 *
 * @param isOpen - whether a pull request of the branch is open
 * @returns the commit that the branch is at
 * @throws BranchMoved when somebody else moved the branch
 */
export async function pushProposal(
  { repository, clock }: OpsContext,
  { head, commit, base }: ProposedCommit,
  isOpen: boolean,
): Promise<string> {
  const { gitDir } = repository;
  const tip = await repository.tip(head);
  if (
    tip !== undefined &&
    (await saysTheSame(gitDir, tip, commit, base)) &&
    (isOpen || (await minutesSince(gitDir, tip, clock())) < FRESH_MINUTES)
  )
    return tip;
  if ((await repository.move(head, commit, tip, 'replace')) === 'behind') throw new BranchMoved();
  return commit;
}

/** Puts the URL of the pull request on record in its own commit, so that the history tells it after the merge. */
export async function recordPullRequest(context: OpsContext, proposed: ProposedCommit, url: string): Promise<string> {
  const { repository, delivery } = context;
  const { head, base, subject } = proposed;
  const there = await recordAt(repository.gitDir, proposed.commit);
  if (there.change.pullRequest === url) return proposed.commit;
  const record: ReleaseRecord = { ...there, change: { ...there.change, pullRequest: url } };
  const index = readBranchIndex((await readFileAt(repository.gitDir, proposed.commit, INDEX_FILE)) ?? '');
  const commit = await writeCommit(repository.gitDir, {
    parent: base,
    filesOf: proposed.commit,
    changes: new Map([...recordFiles(index, record)].map(([path, text]) => [path, { kind: 'write', text }])),
    message: commitMessage(subject, record),
    author: writerOf(delivery, proposed.unit),
    at: context.clock(),
  });
  if ((await repository.move(head, commit, proposed.commit, 'replace')) === 'behind') throw new BranchMoved();
  return commit;
}

async function minutesSince(gitDir: string, commit: string, now: Date): Promise<number> {
  const made = (await git(['log', '--max-count=1', '--format=%ct', '--end-of-options', commit], { gitDir })).toString();
  return (now.getTime() / 1000 - Number(made)) / 60;
}

async function saysTheSame(gitDir: string, old: string, fresh: string, base: string): Promise<boolean> {
  const parents = (await git(['rev-list', '--parents', '--max-count=1', '--end-of-options', old], { gitDir }))
    .toString('utf8')
    .trim();
  if (parents !== `${old} ${base}`) return false;
  const [before, after] = await Promise.all([readTree(gitDir, old), readTree(gitDir, fresh)]);
  return (
    withoutRecord(before) === withoutRecord(after) &&
    (await timelessRecord(gitDir, old)) === (await timelessRecord(gitDir, fresh))
  );
}

const withoutRecord = (tree: Tree): string =>
  [...tree]
    .filter(([path]) => path !== RELEASE_FILE && path !== INDEX_FILE)
    .map(([path, { mode, id }]) => `${mode} ${id} ${path}`)
    .join('\n');

/** A record without who asked and when, which differ from one run to the next. */
async function timelessRecord(gitDir: string, commit: string): Promise<string> {
  const record = await recordAt(gitDir, commit);
  const holds = record.holds.map(({ since: _, ...hold }) => hold);
  return JSON.stringify({ ...record, holds, change: { kind: record.change.kind, follows: record.change.follows } });
}

const recordAt = async (gitDir: string, commit: string): Promise<ReleaseRecord> =>
  readReleaseRecord((await readFileAt(gitDir, commit, RELEASE_FILE)) ?? '');
