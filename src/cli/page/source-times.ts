import { askGit } from '../../ops/git/run-git.ts';
import { recordedTime } from '../../ops/ops-context.ts';

/** A commit's whole name, as a record has it: what is anything else is never handed to Git. */
const isCommit = (text: string): boolean => /^[0-9a-f]{40,64}$/.test(text);

/** When commits of the sources were made, as far as checkouts have them, in UTC. A folder that is no checkout has none. */
export async function sourceTimes(
  folders: readonly string[],
  commits: Iterable<string>,
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(commits)].filter(isCommit);
  if (wanted.length === 0) return new Map();
  return new Map((await Promise.all(folders.map((folder) => timesIn(folder, wanted)))).flatMap((times) => [...times]));
}

async function timesIn(folder: string, wanted: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { exitCode, stdout } = await askGit(
    ['rev-list', '--no-walk=unsorted', '--ignore-missing', '--no-commit-header', '--format=%H %ct', '--stdin'],
    { folder, input: `${wanted.join('\n')}\n` },
  );
  if (exitCode !== 0) return new Map();
  return new Map(
    [...stdout.toString('utf8').matchAll(/^([0-9a-f]+) (\d+)$/gm)].map(([, commit = '', seconds]) => [
      commit,
      recordedTime(new Date(Number(seconds) * 1000)),
    ]),
  );
}
