import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { GitFailure } from '../git/git-failure.ts';
import { requireGit } from '../git/git-version.ts';
import { git } from '../git/run-git.ts';
import { OpsError } from '../ops-error.ts';
import { makeBareFolder, removeStaleLock } from './bare-folder.ts';
import { commitOf, refsBelow } from './branch-refs.ts';
import type { MoveOutcome, OpsRepository } from './ops-repository.ts';
import { unreadable } from './repository-failure.ts';

/** A bare repository on this disk. */
export interface LocalRepositoryOptions {
  /** Path of the bare repository, e.g. `.portolan/ops.git`. */
  readonly path: string;
  /** Whether to make it when there is nothing at the path. @default false */
  readonly create?: boolean;
}

/**
 * Opens a bare repository on this disk and works straight on it.
 *
 * @throws OpsError when there is none, it has a work tree, or it cannot be read
 */
export async function openLocalRepository({ path, create = false }: LocalRepositoryOptions): Promise<OpsRepository> {
  const gitDir = resolve(path);
  try {
    await requireGit();
    if (create) await makeBareFolder(gitDir);
    if (existsSync(join(gitDir, '.git'))) throw notBare(path);
    if (!(await isBare(gitDir))) throw notBare(path);
  } catch (error) {
    throw unreadable(path, error);
  }
  return new LocalRepository(path, gitDir);
}

/** Whether a repository has no work tree. Git is asked where its file does not say so in the one line that `git init --bare` writes. */
async function isBare(gitDir: string): Promise<boolean> {
  const isWhole = ['HEAD', 'config', 'objects', 'refs'].every((name) => existsSync(join(gitDir, name)));
  if (isWhole && saysBare(readFileSync(join(gitDir, 'config'), 'utf8'))) return true;
  return (await git(['rev-parse', '--is-bare-repository'], { gitDir })).toString('utf8').trim() === 'true';
}

/** Whether a `config` says it so, once, and names no other file that might say otherwise: one that it includes, or that of a work tree. */
const saysBare = (config: string): boolean =>
  config.match(/bare/gi)?.length === 1 &&
  /^\[core\]\n(?:\t.*\n)*\tbare = true\n/m.test(config) &&
  !/include|worktree/i.test(config);

const notBare = (path: string): OpsError =>
  new OpsError('nothing was read or written', [
    {
      code: 'not-a-repository',
      what: `${path} has a work tree, which would no longer match its branch`,
      next: 'name a bare repository; "git init --bare FOLDER" makes one',
    },
  ]);

class LocalRepository implements OpsRepository {
  readonly isLocal = true;

  constructor(
    readonly shown: string,
    readonly gitDir: string,
  ) {}

  async refresh(): Promise<void> {
    // What is on this disk is always up to date.
  }

  tip(branch: string): Promise<string | undefined> {
    return commitOf(this.gitDir, `refs/heads/${branch}`);
  }

  branches(prefix: string): Promise<ReadonlyMap<string, string>> {
    return refsBelow(this.gitDir, 'refs/heads/').then(
      (refs) => new Map([...refs].filter(([name]) => name.startsWith(prefix))),
    );
  }

  move(branch: string, commit: string, expected: string | undefined): Promise<MoveOutcome> {
    const nothing = '0'.repeat(commit.length);
    return this.#updateRef(branch, [
      'update-ref',
      '--end-of-options',
      `refs/heads/${branch}`,
      commit,
      expected ?? nothing,
    ]);
  }

  remove(branch: string, expected: string): Promise<MoveOutcome> {
    return this.#updateRef(branch, ['update-ref', '-d', '--end-of-options', `refs/heads/${branch}`, expected]);
  }

  async #updateRef(branch: string, args: readonly [string, ...string[]]): Promise<MoveOutcome> {
    try {
      await git(args, { gitDir: this.gitDir });
      return 'moved';
    } catch (error) {
      if (!(error instanceof GitFailure) || (error.kind !== 'moved' && error.kind !== 'locked'))
        throw unreadable(this.shown, error);
      if (error.kind === 'locked') await removeStaleLock(this.gitDir, `refs/heads/${branch}`);
      return 'behind';
    }
  }
}
