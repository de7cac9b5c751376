import { movesUpTo, type MovesOfBranch } from '../foreign/moves-of-branch.ts';
import { saidSources } from '../foreign/said-sources.ts';
import { readBlobs, readFileAt } from '../git/read-blobs.ts';
import { git } from '../git/run-git.ts';
import { INDEX_FILE, leavesFields } from '../release/branch-index.ts';
import { alikeRecords } from '../release/alike-records.ts';
import { RELEASE_FILE, recordedId, type ReleaseRecord } from '../release/release-record.ts';
import type { OpsRepository } from '../repository/ops-repository.ts';

/** One state of an environment's branch. */
export interface HistoryEntry {
  /** Commit of the ops repository. */
  readonly commit: string;
  /** Release id. */
  readonly release: string;
  readonly record: ReleaseRecord;
  /** Commits of the source by artifact, as who moved it wrote them down, where none is on record. @default - not known, or on record */
  readonly said?: Readonly<Record<string, string>>;
}

/** The states of a branch, as its release files tell them. */
export interface History {
  /** Newest first. */
  readonly entries: readonly HistoryEntry[];
  /** Commits whose `release.yaml` cannot be read, with the reason. */
  readonly unreadable: readonly { readonly commit: string; readonly why: string }[];
  /** The commit that wrote the newest of its files, where each is there and can be read and nobody else moved anything. @default - not so */
  readonly plainSince?: string;
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
 * Reads who deployed what and when from the `release.yaml` of each commit. Commit messages are not looked at, so that a squashed or edited one
 * loses nothing. Where others move fields of a branch, what they moved is read from these, and who and when from their commits, with the commit
 * of the source where they name one.
 */
export async function readHistory(
  repository: OpsRepository,
  tip: string,
  { since, most, mentioning }: HistoryOptions = {},
): Promise<History> {
  const { gitDir } = repository;
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
    { gitDir },
  );
  const commits = log
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
  const found = await readBlobs(
    gitDir,
    commits.map((commit) => `${commit}:${RELEASE_FILE}`),
  );
  const written = commits.flatMap((commit) => {
    const text = found.get(`${commit}:${RELEASE_FILE}`);
    return text === undefined ? [] : [{ commit, text }];
  });
  const { entries: own, unreadable } = statesOf(
    written.filter(({ text }) => mentioning?.some((wanted) => text.includes(wanted)) ?? true),
  );
  const isMoved = await mayHaveMoved(gitDir, tip, written);
  const all = isMoved ? inOrder(own, await movesUpTo(gitDir, tip), mentioning) : own;
  // Times come from the record: a rebased commit has another date.
  const wanted = all.filter(({ record }) => since === undefined || new Date(record.change.at) >= since).slice(0, most);
  const isPlain = !isMoved && unreadable.length === 0 && written.length === commits.length;
  const [newest] = commits;
  return {
    entries: await withSaid(gitDir, wanted),
    unreadable,
    ...(isPlain && newest !== undefined ? { plainSince: newest } : {}),
  };
}

/** With what others wrote of the source of what they moved. */
export async function withSaid(gitDir: string, entries: readonly HistoryEntry[]): Promise<readonly HistoryEntry[]> {
  const said = await saidSources(
    gitDir,
    entries.map(({ record }) => record),
  );
  return entries.map((entry) => {
    const sources = said.get(entry.record);
    return sources === undefined ? entry : { ...entry, said: sources };
  });
}

/** A `release.yaml` and the commit that has it. */
export interface WrittenText {
  readonly commit: string;
  readonly text: string;
}

/** The states of these files, in their order. */
export function statesOf(written: readonly WrittenText[]): Pick<History, 'entries' | 'unreadable'> {
  const readRecord = alikeRecords();
  const entries: HistoryEntry[] = [];
  const unreadable: { readonly commit: string; readonly why: string }[] = [];
  for (const { commit, text } of written) {
    try {
      const record = readRecord(text, `${commit.slice(0, 12)}:${RELEASE_FILE}`);
      entries.push({ commit, release: recordedId(record), record });
    } catch (error) {
      unreadable.push({ commit, why: error instanceof Error ? error.message : String(error) });
    }
  }
  return { entries, unreadable };
}

/** The commit that a `release.yaml` follows. */
const FOLLOWS = /^ {2}follows:\n {4}release: .*\n {4}commit: "([^"]*)"/m;

/**
 * Whether there may be moves of others: something follows another commit than the one that was written before, or the branch went on after this
 * program wrote an index that leaves fields to others.
 *
 * @param written - newest first
 * @param before - the commit that wrote the one before all these @default - they are all
 */
export async function mayHaveMoved(
  gitDir: string,
  tip: string,
  written: readonly WrittenText[],
  before?: string,
): Promise<boolean> {
  const isBroken = written.some(({ text }, i) => {
    const [follows, last] = [FOLLOWS.exec(text)?.[1], written[i + 1]?.commit ?? before];
    return last !== undefined && follows !== last;
  });
  const newest = written[0]?.commit ?? before;
  if (isBroken || newest === undefined || newest === tip) return isBroken;
  const index = await readFileAt(gitDir, newest, INDEX_FILE);
  return index !== undefined && leavesFields(index);
}

/** States and moves as they followed each other, newest first. */
function inOrder(
  entries: readonly HistoryEntry[],
  { moves, order }: MovesOfBranch,
  mentioning: readonly string[] | undefined,
): readonly HistoryEntry[] {
  const moved = moves.filter(({ record }) => {
    const text = mentioning === undefined ? '' : JSON.stringify(record.applications);
    return mentioning === undefined || mentioning.some((wanted) => text.includes(wanted));
  });
  const place = new Map(order.map((commit, i) => [commit, i]));
  return [...entries, ...moved.map(({ commit, record }) => ({ commit, release: recordedId(record), record }))].sort(
    (a, b) => (place.get(a.commit) ?? 0) - (place.get(b.commit) ?? 0),
  );
}
