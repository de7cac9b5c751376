import { execFile } from 'node:child_process';

/** A run of tests that did not pass. */
export interface Failure {
  /** The file of the first test that failed, from the root; undefined where the whole run broke off or did not end. */
  readonly file: string | undefined;
  /** The file and the name of that test, or what happened instead. */
  readonly words: string;
}

/**
 * The first test that fails in a copy of the repository; undefined when all pass.
 *
 * @param tests - paths of test files, from the root
 * @param timeoutSeconds - how long they may run before a fault counts as found: most likely it never ends
 */
export function firstFailure(
  folder: string,
  tests: readonly string[],
  timeoutSeconds: number,
): Promise<Failure | undefined> {
  const args = [
    '--disable-warning=ExperimentalWarning',
    '--experimental-vm-modules',
    'node_modules/jest/bin/jest.js',
    // A test that is slow on a busy machine finds nothing: the whole run alone has a limit.
    ...['--bail', '--maxWorkers=1', '--silent', `--testTimeout=${timeoutSeconds * 1000}`],
    ...['--runTestsByPath', ...tests],
  ];
  const limits = { timeout: timeoutSeconds * 1000, killSignal: 'SIGKILL', maxBuffer: 2 ** 26 } as const;
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: folder, encoding: 'utf8', ...limits }, (error, _, stderr) => {
      if (error === null) resolve(undefined);
      else if (error.killed === true)
        resolve({ file: undefined, words: `(they did not end within ${timeoutSeconds} s)` });
      else resolve(failureIn(stderr));
    });
  });
}

/** The file and the name of the first test that Jest's report calls failed. */
export function failureIn(report: string): Failure {
  const file = /^FAIL (\S+)/m.exec(report)?.[1];
  const name = /^ {2}● (.+)$/m.exec(report)?.[1];
  if (file === undefined) return { file, words: `(they broke off: ${report.trim().split('\n').at(-1) ?? ''})` };
  return { file, words: `${file} ${name ?? ''}` };
}
