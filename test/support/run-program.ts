import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { listAt, textAt } from '../../src/objects/fields-at.ts';
import { temporaryFolder } from './git.ts';

/** What the containers of a run left behind. */
export interface ProgramEnd {
  readonly code: number | null;
  readonly said: string;
  /** Name of the last one that ran. */
  readonly last: string;
  /** Folder in which each folder lies that a container sees, by its path there. */
  readonly root: string;
}

/**
 * Runs containers one after the other, as a pod or a task does, until one fails: each is given its own variables alone and the folders that it mounts.
 *
 * @param containers - as they are rendered, of a pod or the steps of a task
 * @param scriptOf - the text for Node.js of one
 * @param given - variables in place of rendered ones, by their names: values of Secrets, and addresses that this machine has
 * @param always - variables of every container: where programs are
 */
export async function runProgram(
  containers: readonly unknown[],
  scriptOf: (container: unknown) => string,
  given: Readonly<Record<string, string>>,
  always: Readonly<Record<string, string>>,
): Promise<ProgramEnd> {
  const root = temporaryFolder();
  let end: ProgramEnd = { code: null, said: '', last: '', root };
  for (const container of containers) {
    const mounts = listAt(container, 'volumeMounts').map((it) => textAt(it, 'mountPath'));
    for (const folder of mounts) mkdirSync(join(root, folder), { recursive: true });
    const here = (value: string): string => (mounts.includes(value) ? join(root, value) : value);
    const variables = listAt(container, 'env').map((it): readonly [string, string] => {
      const name = textAt(it, 'name');
      return [name, given[name] ?? here(textAt(it, 'value'))];
    });
    const child = spawn(process.execPath, ['--eval', scriptOf(container)], {
      cwd: join(root, textAt(container, 'workingDir')),
      env: { ...Object.fromEntries(variables), ...always, SAID: root },
    });
    child.stdin.end();
    const said = Promise.all([text(child.stdout), text(child.stderr)]);
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    end = { ...end, code, said: (await said).join(''), last: textAt(container, 'name') };
    if (code !== 0) break;
  }
  return end;
}
