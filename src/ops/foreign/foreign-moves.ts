import type { Release } from '../../model/release.ts';
import { readBlobs } from '../git/read-blobs.ts';
import { commitsBetween } from '../git/commits-between.ts';
import type { CommitFiles } from '../git/logged-commits.ts';
import type { BranchIndex } from '../release/branch-index.ts';
import { recordedId, type ReleaseRecord } from '../release/release-record.ts';
import { movedRelease } from './moved-release.ts';

/** A commit in which somebody else than this program moved the version of an artifact, and what ran from then on. */
export interface ForeignMove {
  readonly commit: string;
  /** As `release.yaml` would say it. It is nowhere on record until this program writes again. */
  readonly record: ReleaseRecord;
}

/** What a branch said of itself when this program last wrote it, and the commit that it did it with. */
export interface LastWrite {
  readonly commit: string;
  readonly index: BranchIndex;
  readonly record: ReleaseRecord;
}

/**
 * The moves that others made on a branch since this program wrote it, oldest first. Only fields that its index names are looked at.
 *
 * @param tip - the commit up to which
 */
export async function foreignMoves(gitDir: string, written: LastWrite, tip: string): Promise<readonly ForeignMove[]> {
  if (!hasFields(written.index) || tip === written.commit) return [];
  return movesIn(gitDir, written, await commitsBetween(gitDir, written.commit, tip));
}

/** The moves among some commits that follow a written one, oldest first. */
export async function movesIn(
  gitDir: string,
  { commit: first, index, record }: LastWrite,
  commits: readonly CommitFiles[],
): Promise<readonly ForeignMove[]> {
  const { fields = {} } = index;
  const paths = Object.keys(fields);
  const touching = commits.filter(({ files }) => files.some((path) => fields[path] !== undefined));
  const texts = await readBlobs(
    gitDir,
    touching.flatMap(({ commit }) => paths.map((path) => `${commit}:${path}`)),
  );
  const moves: ForeignMove[] = [];
  let runs: { readonly commit: string; readonly applications: Readonly<Record<string, Release>> } = {
    commit: first,
    applications: record.applications,
  };
  for (const { commit, author, at } of touching) {
    const found = new Map(
      paths.flatMap((path) => {
        const text = texts.get(`${commit}:${path}`);
        return text === undefined ? [] : [[path, text] as const];
      }),
    );
    const applications = movedRelease(runs.applications, fields, found);
    if (Object.entries(applications).every(([name, release]) => runs.applications[name] === release)) continue;
    moves.push({
      commit,
      record: {
        ...record,
        applications,
        origin: { kind: 'moved', by: author, commit },
        change: {
          kind: 'moved',
          ...(record.change.application === undefined ? {} : { application: record.change.application }),
          by: author,
          at: at.replace(/\.\d+Z$/, 'Z'),
          follows: { release: recordedId(runs), commit: runs.commit },
        },
      },
    });
    runs = { commit, applications };
  }
  return moves;
}

/** Whether others than this program may move anything of a branch. */
export const hasFields = ({ fields = {} }: BranchIndex): boolean => Object.keys(fields).length > 0;
