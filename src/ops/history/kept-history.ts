import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { askGit } from '../git/run-git.ts';
import { readBlobs } from '../git/read-blobs.ts';
import { RELEASE_FILE } from '../release/release-record.ts';
import type { OpsRepository } from '../repository/ops-repository.ts';
import { historyLine, type HistoryLine } from './history-line.ts';
import { mayHaveMoved, readHistory, statesOf, withSaid, type History, type HistoryOptions } from './read-history.ts';

/** Where a text is kept from one call to the next. */
export interface KeptText {
  /** What was kept last, as it was kept; undefined where that is not known. */
  readonly recall: () => string | undefined;
  readonly keep: (text: string) => void;
}

/** A history in lines. */
export interface ToldHistory extends Pick<History, 'unreadable'> {
  /** Newest first. */
  readonly lines: readonly HistoryLine[];
}

/** What is kept of a branch: its history up to a commit. It follows from that commit alone, whatever becomes of the branch. */
interface KeptHistory {
  readonly tip: string;
  /** The commit that wrote the newest file. */
  readonly newest: string;
  readonly lines: readonly HistoryLine[];
}

/**
 * The history of a branch as {@link readHistory} and {@link historyLine} tell it. Of what is kept up to a commit only the commits since are read, and
 * where something else than this program's own states came with them all of it is read again. Kept is what is plain alone: each file
 * there and readable, none moved by others, in a repository that has its commits as they were made.
 */
export async function tellHistory(
  repository: OpsRepository,
  tip: string,
  { since, most }: Pick<HistoryOptions, 'since' | 'most'>,
  kept: KeptText,
): Promise<ToldHistory> {
  const { gitDir } = repository;
  const isAsMade = !hasOtherParents(gitDir);
  const known = isAsMade ? readKept(kept.recall()) : undefined;
  const now = known === undefined ? undefined : await goneOn(gitDir, known, tip);
  if (now !== undefined) {
    if (now !== known) kept.keep(JSON.stringify(now));
    return { lines: limited(now.lines, since, most), unreadable: [] };
  }
  // The newest few are read for themselves, and say nothing of the others.
  const isAll = most === undefined && isAsMade;
  const { entries, unreadable, plainSince } = await readHistory(repository, tip, {
    ...(isAll || since === undefined ? {} : { since }),
    ...(most === undefined ? {} : { most }),
  });
  const lines = entries.map(historyLine);
  if (isAll && plainSince !== undefined)
    kept.keep(JSON.stringify({ tip, newest: plainSince, lines } satisfies KeptHistory));
  return { lines: isAll ? limited(lines, since, most) : lines, unreadable };
}

const limited = (
  lines: readonly HistoryLine[],
  since: Date | undefined,
  most: number | undefined,
): readonly HistoryLine[] => lines.slice(0, most).filter(({ at }) => since === undefined || new Date(at) >= since);

function readKept(text: string | undefined): KeptHistory | undefined {
  return text === undefined ? undefined : (JSON.parse(text) as KeptHistory);
}

/** Whether Git may say other parents of a commit than it was made with: then a commit does not say what came before it. */
function hasOtherParents(gitDir: string): boolean {
  if (['shallow', 'info/grafts', 'refs/replace', 'reftable'].some((name) => existsSync(join(gitDir, name))))
    return true;
  try {
    return readFileSync(join(gitDir, 'packed-refs'), 'utf8').includes(' refs/replace/');
  } catch {
    return false;
  }
}

/** What is known, and what came since; undefined where the branch did not go on from there, or not with plain states alone. */
async function goneOn(gitDir: string, known: KeptHistory, tip: string): Promise<KeptHistory | undefined> {
  if (tip === known.tip) return known;
  const answer = await askGit(
    ['log', '--first-parent', '--format=%H %P', '--end-of-options', tip, `^${known.tip}`, '--'],
    { gitDir },
  );
  // Git may have thrown away a commit that no branch leads to.
  if (answer.exitCode !== 0) return undefined;
  const commits = answer.stdout
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(' '));
  if (commits.at(-1)?.[1] !== known.tip) return undefined;
  const chain = [...commits.map(([commit = '']) => commit), known.tip];
  const found = await readBlobs(
    gitDir,
    chain.map((commit) => `${commit}:${RELEASE_FILE}`),
  );
  const texts = chain.map((commit) => found.get(`${commit}:${RELEASE_FILE}`));
  const written = chain.flatMap((commit, i) => {
    const text = texts[i];
    return i + 1 === chain.length || text === undefined || text === texts[i + 1] ? [] : [{ commit, text }];
  });
  const { entries, unreadable } = statesOf(written);
  const isPlain = !texts.includes(undefined) && unreadable.length === 0;
  if (!isPlain || (await mayHaveMoved(gitDir, tip, written, known.newest))) return undefined;
  const lines = (await withSaid(gitDir, entries)).map(historyLine);
  return { tip, newest: written[0]?.commit ?? known.newest, lines: [...lines, ...known.lines] };
}
