import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { GitFailure } from '../git/git-failure.ts';
import { requireGit } from '../git/git-version.ts';
import { redactCredentials } from '../git/redact-credentials.ts';
import { askGit, git } from '../git/run-git.ts';
import { OpsError } from '../ops-error.ts';
import { makeBareFolder, removeStaleLock } from './bare-folder.ts';
import { commitOf, refsBelow } from './branch-refs.ts';
import type { MoveOutcome, OpsRepository } from './ops-repository.ts';
import { unreadable } from './repository-failure.ts';

/** A repository on a host. */
export interface RemoteRepositoryOptions {
  /** What git fetches from and pushes to: https, ssh or file. */
  readonly url: string;
  /** Folder for caches, e.g. `.portolan/cache`; it may be deleted at any time. */
  readonly cacheFolder: string;
}

/**
 * Opens a repository on a host through a cache on this disk, and fetches its environment branches.
 *
 * @throws OpsError when it cannot be reached or the URL carries a password
 */
export async function openRemoteRepository({ url, cacheFolder }: RemoteRepositoryOptions): Promise<OpsRepository> {
  refusePassword(url);
  const gitDir = join(resolve(cacheFolder), `${createHash('sha256').update(url).digest('hex').slice(0, 16)}.git`);
  const repository = new RemoteRepository(redactCredentials(url), url, gitDir);
  try {
    await requireGit();
    await makeBareFolder(gitDir);
  } catch (error) {
    throw unreadable(repository.shown, error);
  }
  await repository.refresh();
  return repository;
}

/** A password in a URL shows up in process lists and in logs. `git@` before a host of ssh is a name, not a secret. */
function refusePassword(url: string): void {
  const user = /^([a-z][a-z0-9+.-]*):\/\/([^/]*)@/i.exec(url);
  if (user === null || (user[1]?.toLowerCase() === 'ssh' && user[2]?.includes(':') === false)) return;
  throw new OpsError('nothing was read or written', [
    {
      code: 'wrong-input',
      what: `the address ${redactCredentials(url)} carries a user or password, which process lists and logs would show`,
      next: 'leave it out and let a Git credential helper, GIT_ASKPASS or ssh give it',
    },
  ]);
}

const KNOWN_TIPS = 'refs/remotes/ops/';

class RemoteRepository implements OpsRepository {
  readonly isLocal = false;

  constructor(
    readonly shown: string,
    private readonly url: string,
    readonly gitDir: string,
  ) {}

  async refresh(): Promise<void> {
    const branches = ['env', 'promote'].map((folder) => `+refs/heads/${folder}/*:${KNOWN_TIPS}${folder}/*`);
    for (let attempt = 1; ; attempt++) {
      try {
        await git(
          [
            'fetch',
            '--quiet',
            '--no-tags',
            '--no-write-fetch-head',
            '--prune',
            '--end-of-options',
            this.url,
            ...branches,
          ],
          { gitDir: this.gitDir },
        );
        return;
      } catch (error) {
        // Another process of this disk fetches into the same cache.
        const isLocal = error instanceof GitFailure && (error.kind === 'moved' || error.kind === 'locked');
        if (!isLocal || attempt >= 10) throw unreadable(this.shown, error);
        for (const name of (await refsBelow(this.gitDir, KNOWN_TIPS)).keys())
          await removeStaleLock(this.gitDir, `${KNOWN_TIPS}${name}`);
        await new Promise((done) => setTimeout(done, 100 * attempt));
      }
    }
  }

  tip(branch: string): Promise<string | undefined> {
    return commitOf(this.gitDir, `${KNOWN_TIPS}${branch}`);
  }

  async branches(prefix: string): Promise<ReadonlyMap<string, string>> {
    const refs = await refsBelow(this.gitDir, KNOWN_TIPS);
    return new Map([...refs].filter(([name]) => name.startsWith(prefix)));
  }

  move(branch: string, commit: string, expected: string | undefined, replace?: 'replace'): Promise<MoveOutcome> {
    // A plain push only ever moves a branch forward. The lease says what must be there: nothing, or our own older proposal.
    const lease =
      expected === undefined
        ? [`--force-with-lease=refs/heads/${branch}:`]
        : replace === 'replace'
          ? [`--force-with-lease=refs/heads/${branch}:${expected}`]
          : [];
    return this.#push(lease, branch, commit);
  }

  remove(branch: string, expected: string): Promise<MoveOutcome> {
    return this.#push([`--force-with-lease=refs/heads/${branch}:${expected}`], branch);
  }

  async #push(options: readonly string[], branch: string, commit = ''): Promise<MoveOutcome> {
    try {
      await git(
        [
          'push',
          '--quiet',
          '--no-follow-tags',
          '--no-verify',
          ...options,
          '--end-of-options',
          this.url,
          `${commit}:refs/heads/${branch}`,
        ],
        { gitDir: this.gitDir },
      );
      // What was pushed is known without fetching it; should another process of this disk be first, the next refresh tells.
      const known = `${KNOWN_TIPS}${branch}`;
      await askGit(
        commit === ''
          ? ['update-ref', '-d', '--end-of-options', known]
          : ['update-ref', '--end-of-options', known, commit],
        { gitDir: this.gitDir },
      );
      return 'moved';
    } catch (error) {
      if (error instanceof GitFailure && (error.kind === 'moved' || error.kind === 'locked')) return 'behind';
      throw unreadable(this.shown, error);
    }
  }
}
