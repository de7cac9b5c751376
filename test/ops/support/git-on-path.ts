import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../support/git.ts';

/** A git in front of the real one on the PATH, for as long as a piece of work takes. */
export interface GitOnPath {
  /** Git commands that were started, e.g. `['rev-parse', 'ls-tree']`. */
  commands(): readonly string[];
}

/**
 * Puts a script in front of git that notes each command, and does `instead` for one of them, while `work` runs.
 *
 * @param instead - shell lines by command; `real` goes on with git itself
 */
export async function withGitOnPath<Result>(
  instead: Readonly<Record<string, string>>,
  work: (git: GitOnPath) => Promise<Result>,
): Promise<Result> {
  const folder = temporaryFolder();
  const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  const log = join(folder, 'log');
  const cases = Object.entries(instead).map(([command, lines]) => `  ${command}) ${lines};;`);
  writeFileSync(
    join(folder, 'git'),
    `#!/bin/sh
real() { exec ${real} "$@"; }
for word in "$@"; do
  case $word in -c|--*|*=*) ;; *) command=$word; break;; esac
done
echo "$command" >> ${log}
case $command in
${cases.join('\n')}
esac
real "$@"
`,
  );
  chmodSync(join(folder, 'git'), 0o755);
  const path = process.env['PATH'];
  process.env['PATH'] = `${folder}:${path ?? ''}`;
  try {
    return await work({ commands: () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []) });
  } finally {
    process.env['PATH'] = path;
  }
}
