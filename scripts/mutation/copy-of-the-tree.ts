import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Copied {
  /** The repository. */
  readonly root: string;
  /** What of it is copied: paths of files, from the root. */
  readonly files: readonly string[];
  /** Seconds that a test may take which says how long it may take. */
  readonly timeoutSeconds: number;
}

/**
 * A folder in which faults are put: they never touch the tree that somebody works in. All of it is committed to a Git repository
 * of its own, because tests, and the program, ask Git what is committed.
 */
export function copyOfTheTree({ root, files, timeoutSeconds }: Copied): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'portolan-mutate-')));
  for (const file of files) {
    const copy = join(folder, file);
    cpSync(join(root, file), copy, { recursive: true });
    if (isTest(file)) writeFileSync(copy, withPatience(readFileSync(copy, 'utf8'), timeoutSeconds));
  }
  commitAll(folder);
  // After the commit, which has no use for it.
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

const isTest = (file: string): boolean => /^test\/.*\.ts$/.test(file);

/** A test that is slow on a busy machine finds nothing: only a whole run has a limit. */
const withPatience = (text: string, seconds: number): string =>
  text.replaceAll(/jest\.setTimeout\([\d_]+\)/g, `jest.setTimeout(${seconds * 1000})`);

function commitAll(folder: string): void {
  const settings = ['user.name=mutate', 'user.email=mutate@example.com', 'commit.gpgSign=false', 'gc.auto=0'];
  const git = (...args: readonly string[]): unknown =>
    execFileSync('git', [...settings.flatMap((setting) => ['-c', setting]), ...args], { cwd: folder, stdio: 'pipe' });
  git('init', '--quiet');
  git('add', '--all', '--force');
  git('commit', '--quiet', '--message', 'The tree');
}
