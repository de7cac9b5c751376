import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { gitIn, temporaryFolder } from '../../support/git.ts';

/** A checkout of a source with commits, an empty repository for its copy, and the script that copies. */
export class CopiedSource {
  /** Repository that the branch `release` is pushed to. */
  readonly copy = join(temporaryFolder(), 'copy.git');
  readonly #source = temporaryFolder();

  constructor(readonly script: string) {
    mkdirSync(this.copy);
    gitIn(this.copy, 'init', '--quiet', '--bare');
    gitIn(this.#source, 'init', '--quiet', '--initial-branch', 'main');
  }

  /** Commits in the source. Returns the commit. */
  commit(text: string): string {
    gitIn(this.#source, 'commit', '--quiet', '--allow-empty', '--message', text);
    return gitIn(this.#source, 'rev-parse', 'HEAD');
  }

  /** Somebody else pushes a branch of that name, with nothing of the source in it. Returns its commit. */
  writtenByOthers(): string {
    gitIn(this.#source, 'checkout', '--quiet', '--orphan', 'strange');
    const commit = this.commit('theirs');
    gitIn(this.#source, 'push', '--quiet', this.copy, 'strange:release');
    return commit;
  }

  /** Runs the script for a commit, as the step of the workflow does. */
  run(commit: string): SpawnSyncReturns<string> {
    return spawnSync('bash', ['-c', this.script], {
      cwd: this.#source,
      encoding: 'utf8',
      env: {
        PATH: process.env['PATH'],
        HOME: this.#source,
        TOKEN: 'secret',
        COPY: this.copy,
        BRANCH: 'release',
        COMMIT: commit,
      },
    });
  }
}
