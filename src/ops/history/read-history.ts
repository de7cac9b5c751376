import { readBlobs } from '../git/read-blobs.ts';
import { git } from '../git/run-git.ts';
import { readReleaseRecord } from '../release/read-release-record.ts';
import { RELEASE_FILE, recordedId, type ReleaseRecord } from '../release/release-record.ts';
import type { OpsRepository } from '../repository/ops-repository.ts';

/** One state of an environment's branch. */
export interface HistoryEntry {
  /** Commit of the ops repository. */
  readonly commit: string;
  /** Release id. */
  readonly release: string;
  readonly record: ReleaseRecord;
}

/** The states of a branch, as its release files tell them. */
export interface History {
  /** Newest first. */
  readonly entries: readonly HistoryEntry[];
  /** Commits whose `release.yaml` cannot be read, with the reason. */
  readonly unreadable: readonly { readonly commit: string; readonly why: string }[];
}

/** What of a history is wanted. */
export interface HistoryOptions {
  /** Commits no older than this. @default - all */
  readonly since?: Date;
  /** @default - all */
  readonly most?: number;
  /** States whose file has one of these texts; the others are not even parsed. @default - all */
  readonly mentioning?: readonly string[];
}

/**
 * Reads who deployed what and when from the `release.yaml` of each commit, in two processes. Commit messages are not
 * looked at, so that a squashed or edited one loses nothing.
 */
export async function readHistory(
  repository: OpsRepository,
  tip: string,
  { since, most, mentioning }: HistoryOptions = {},
): Promise<History> {
  const limits = most === undefined ? [] : [`--max-count=${most}`];
  const log = await git(
    [
      'log',
      '--first-parent',
      '-m',
      '--no-renames',
      '--format=%H',
      ...limits,
      '--end-of-options',
      tip,
      '--',
      RELEASE_FILE,
    ],
    { gitDir: repository.gitDir },
  );
  const commits = log
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
  const texts = await readBlobs(
    repository.gitDir,
    commits.map((commit) => `${commit}:${RELEASE_FILE}`),
  );
  const entries: HistoryEntry[] = [];
  const unreadable: { readonly commit: string; readonly why: string }[] = [];
  for (const commit of commits) {
    const text = texts.get(`${commit}:${RELEASE_FILE}`);
    if (text === undefined) continue;
    if (mentioning !== undefined && !mentioning.some((wanted) => text.includes(wanted))) continue;
    try {
      const record = readReleaseRecord(text, `${commit.slice(0, 12)}:${RELEASE_FILE}`);
      // Times come from the record: a rebased commit has another date.
      if (since === undefined || new Date(record.change.at) >= since)
        entries.push({ commit, release: recordedId(record), record });
    } catch (error) {
      unreadable.push({ commit, why: error instanceof Error ? error.message : String(error) });
    }
  }
  return { entries, unreadable };
}

/** What a line of `portolan history` says. */
export interface HistoryLine {
  readonly commit: string;
  readonly at: string;
  readonly change: ReleaseRecord['change']['kind'];
  /** Release before. @default - the first one */
  readonly from?: string;
  readonly to: string;
  readonly by: string;
  readonly automatic: boolean;
  readonly run?: string;
  readonly pullRequest?: string;
  readonly program?: string;
  readonly origin: ReleaseRecord['origin'];
  readonly holds: readonly string[];
  readonly emergency?: string;
}

/** A state as a line of `portolan history`. */
export function historyLine({
  commit,
  release,
  record: { change, program, origin, holds },
}: HistoryEntry): HistoryLine {
  return {
    commit,
    at: change.at,
    change: change.kind,
    ...(change.follows === undefined ? {} : { from: change.follows.release }),
    to: release,
    by: change.by,
    automatic: change.automatic === true,
    ...(change.run === undefined ? {} : { run: change.run }),
    ...(change.pullRequest === undefined ? {} : { pullRequest: change.pullRequest }),
    ...(program.commit === undefined ? {} : { program: program.commit }),
    origin,
    holds: holds.map(({ reason }) => reason),
    ...(change.emergency === undefined ? {} : { emergency: change.emergency }),
  };
}
