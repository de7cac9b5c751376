import { git } from '../git/run-git.ts';
import { readBlobs } from '../git/read-blobs.ts';
import { firstDifference } from '../release/branch-index.ts';
import { fileDigest } from '../release/file-digest.ts';
import { readReleaseRecord } from '../release/read-release-record.ts';
import { RELEASE_FILE, type ReleaseRecord } from '../release/release-record.ts';
import type { OpsRepository } from '../repository/ops-repository.ts';
import type { OwnBranch } from './branch-state.ts';

/** The newest `release.yaml` that this program wrote, when the one at the tip was edited by hand. */
export interface TrustedRecord {
  readonly record: ReleaseRecord;
  /** First line in which the edited file differs from it. */
  readonly line: number;
}

/** Commits that are looked through for it. */
const MOST_COMMITS = 200;

/** Finds it in the branch's history; undefined when the file at the tip is as it was written, or no commit has it. */
export async function trustedRecord(
  repository: OpsRepository,
  { tip, index, recordText }: OwnBranch,
): Promise<TrustedRecord | undefined> {
  const expected = index.files[RELEASE_FILE];
  if (fileDigest(recordText) === expected) return undefined;
  const log = await git(
    [
      'log',
      '--first-parent',
      `--max-count=${MOST_COMMITS}`,
      '--format=%H',
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
  const text = [...texts.values()].find((candidate) => fileDigest(candidate) === expected);
  return text === undefined
    ? undefined
    : { record: readReleaseRecord(text), line: firstDifference(recordText, text) ?? 1 };
}
