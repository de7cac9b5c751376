import { redactCredentials } from '../../ops/git/redact-credentials.ts';
import { askGit } from '../../ops/git/run-git.ts';
import type { OpsRepository } from '../../ops/repository/ops-repository.ts';

/** An ops repository as a page calls it: a copy on this disk by the address on the web that it was copied from, where it has one. */
export async function shownToReaders({
  isLocal,
  shown,
  gitDir,
}: Pick<OpsRepository, 'isLocal' | 'shown' | 'gitDir'>): Promise<Pick<OpsRepository, 'isLocal' | 'shown'>> {
  if (!isLocal) return { isLocal, shown };
  const { stdout } = await askGit(['config', '--get', 'remote.origin.url'], { gitDir });
  const origin = stdout.toString('utf8').trim();
  return /^https?:\/\//.test(origin) ? { isLocal: false, shown: redactCredentials(origin) } : { isLocal, shown };
}
