import { environmentBranch } from '../../model/names.ts';
import { readFileAt } from '../git/read-blobs.ts';
import { readTree, type Tree } from '../git/read-tree.ts';
import { git } from '../git/run-git.ts';
import type { OpsContext } from '../ops-context.ts';
import { OpsError } from '../ops-error.ts';
import { INDEX_FILE } from '../release/branch-index.ts';
import { readReleaseRecord } from '../release/read-release-record.ts';
import { RELEASE_FILE, type ReleaseRecord } from '../release/release-record.ts';
import type { Decide, Landed } from './land.ts';
import { describeFiles } from './proposal-text.ts';
import type { PullRequest, PullRequests } from './pull-requests.ts';
import { BranchMoved, retryWhenMoved } from './retry-moved.ts';
import type { Written } from './written.ts';

/** A proposed write: what decides it, and the branch of its pull request. */
export interface ProposeOptions<Result> {
  readonly environment: string;
  readonly pullRequests: PullRequests;
  readonly decide: Decide<Result>;
  /** Branch of the pull request, e.g. `promote/prod/v1.2.0`. */
  readonly head: (record: ReleaseRecord) => string;
  /** Whether an open pull request with this record makes the new one pointless; then nothing is proposed. @default - never */
  readonly isSuperseded?: (open: ReleaseRecord) => Promise<boolean>;
  /** What is returned then. */
  readonly superseded?: (by: PullRequest) => Result;
  /** Whether open pull requests of this record are closed in favour of the new one. @default - never */
  readonly supersedes?: (open: ReleaseRecord) => boolean;
}

/**
 * Decides a write and opens one pull request for it, or brings the open one up to date. The branch of a pull request is
 * generated and nobody else's: it is replaced, from the tip that was seen, when the environment's branch moved under it.
 */
export async function propose<Result extends Omit<Written, 'attempts'>>(context: OpsContext, options: ProposeOptions<Result>): Promise<Landed<Result>> {
  const { repository } = context;
  const { environment, pullRequests, decide } = options;
  const base = environmentBranch(environment);
  return retryWhenMoved(context, environment, async (attempts) => {
    const tip = await repository.tip(base);
    if (tip === undefined) throw noBranch(environment, base);
    const decided = await decide(tip);
    if (decided.kind === 'nothing') return { result: decided.result, attempts };
    const head = options.head(decided.record);
    const open = await openProposals(context, pullRequests, base);
    for (const { pullRequest, record } of open) {
      if (pullRequest.head === head || record === undefined || options.superseded === undefined) continue;
      if ((await options.isSuperseded?.(record)) === true) return { result: options.superseded(pullRequest), attempts };
    }

    context.onStep?.({ name: 'land', environment });
    const commit = await pushHead(context, head, decided.commit, tip);
    const result = { ...decided.result, outcome: 'proposed' as const, commit };
    const describe = context.describeProposal ?? describeFiles;
    const text = await describe({ subject: decided.subject, record: decided.record, written: result });
    const pullRequest = await pullRequests.ensure(head, base, text);
    for (const older of open) {
      if (older.pullRequest.head === head || older.record === undefined || options.supersedes?.(older.record) !== true) continue;
      await pullRequests.close(older.pullRequest, `Superseded by ${pullRequest.url}`);
      if (older.tip !== undefined) await repository.remove(older.pullRequest.head, older.tip);
    }
    context.onStep?.({ name: 'landed', environment });
    return { result: { ...result, pullRequest }, attempts };
  });
}

const noBranch = (environment: string, base: string): OpsError =>
  new OpsError(`${environment} was not touched`, [{ code: 'no-branch', what: `there is no branch ${base} yet that a pull request could go to`, next: `run "pulumi up --stack ${environment}", or push an empty first commit to it` }]);

/** An open pull request of this program, with the release it proposes. */
interface OpenProposal {
  readonly pullRequest: PullRequest;
  readonly tip?: string;
  /** @default - the branch is gone, or holds no release that can be read */
  readonly record?: ReleaseRecord;
}

/** Open pull requests into a branch, with the releases they propose; those of people are left out. */
export async function openProposals({ repository }: OpsContext, pullRequests: PullRequests, base: string): Promise<readonly OpenProposal[]> {
  const folder = base.replace(/^env\//, 'promote/').concat('/');
  const open = (await pullRequests.listOpen(base)).filter(({ head }) => head.startsWith(folder));
  return Promise.all(
    open.map(async (pullRequest) => {
      const tip = await repository.tip(pullRequest.head);
      const text = tip === undefined ? undefined : await readFileAt(repository.gitDir, tip, RELEASE_FILE);
      const record = text === undefined ? undefined : readable(text);
      return { pullRequest, ...(tip === undefined ? {} : { tip }), ...(record === undefined ? {} : { record }) };
    }),
  );
}

function readable(text: string): ReleaseRecord | undefined {
  try {
    return readReleaseRecord(text);
  } catch {
    return undefined;
  }
}

/** Points the pull request's branch at the commit, unless it says the same already: a new commit would dismiss reviews. */
async function pushHead({ repository }: OpsContext, head: string, commit: string, base: string): Promise<string> {
  const tip = await repository.tip(head);
  if (tip !== undefined && (await saysTheSame(repository.gitDir, tip, commit, base))) return tip;
  if ((await repository.move(head, commit, tip, 'replace')) === 'behind') throw new BranchMoved();
  return commit;
}

async function saysTheSame(gitDir: string, old: string, fresh: string, base: string): Promise<boolean> {
  const parents = (await git(['rev-list', '--parents', '--max-count=1', '--end-of-options', old], { gitDir })).toString('utf8').trim();
  if (parents !== `${old} ${base}`) return false;
  const [before, after] = await Promise.all([readTree(gitDir, old), readTree(gitDir, fresh)]);
  return withoutRecord(before) === withoutRecord(after) && (await timelessRecord(gitDir, old)) === (await timelessRecord(gitDir, fresh));
}

const withoutRecord = (tree: Tree): string =>
  [...tree]
    .filter(([path]) => path !== RELEASE_FILE && path !== INDEX_FILE)
    .map(([path, { mode, id }]) => `${mode} ${id} ${path}`)
    .join('\n');

/** A record without who asked and when, which differ from one run to the next. */
async function timelessRecord(gitDir: string, commit: string): Promise<string> {
  const record = readReleaseRecord((await readFileAt(gitDir, commit, RELEASE_FILE)) ?? '');
  const holds = record.holds.map(({ since: _, ...hold }) => hold);
  return JSON.stringify({ ...record, holds, change: { kind: record.change.kind, follows: record.change.follows } });
}
