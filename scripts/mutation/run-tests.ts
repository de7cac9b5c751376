import { spawnSync } from 'node:child_process';

/**
 * The first test that fails in a copy of the repository; undefined when all pass.
 *
 * @param tests - paths of test files, from the root
 * @param timeoutSeconds - how long they may run before a fault counts as found: most likely it never ends
 */
export function firstFailure(folder: string, tests: readonly string[], timeoutSeconds: number): string | undefined {
  const { error, status, stderr } = spawnSync(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      '--experimental-vm-modules',
      'node_modules/jest/bin/jest.js',
      ...['--bail', '--runInBand', '--silent', '--runTestsByPath', ...tests],
    ],
    { cwd: folder, encoding: 'utf8', timeout: timeoutSeconds * 1000, killSignal: 'SIGKILL', maxBuffer: 2 ** 26 },
  );
  if (error !== undefined) return `(they did not end within ${timeoutSeconds} s)`;
  return status === 0 ? undefined : failureIn(stderr);
}

/** The file and the name of the first test that Jest's report calls failed. */
export function failureIn(report: string): string {
  const file = /^FAIL (\S+)/m.exec(report)?.[1];
  const name = /^ {2}● (.+)$/m.exec(report)?.[1];
  return file === undefined ? `(they broke off: ${report.trim().split('\n').at(-1) ?? ''})` : `${file} ${name ?? ''}`;
}
