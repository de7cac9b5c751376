import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { KubernetesObject } from '../../../src/model/application.ts';
import { listAt, textAt } from '../../../src/objects/fields-at.ts';
import { temporaryFolder } from '../../support/git.ts';

/** What a task left behind. */
export interface TaskRun {
  readonly status: number | null;
  readonly stderr: string;
  /** Values of the task's results, by their names. */
  readonly results: Readonly<Record<string, string>>;
}

/** What a task is given. */
export interface TaskGiven {
  readonly params?: Readonly<Record<string, string>>;
  /** Folder of the workspace `source`. */
  readonly source?: string;
  /** Programs by name: what is run in place of them. @default - those of this machine */
  readonly programs?: Readonly<Record<string, string>>;
  /** Variables in place of rendered ones, by their names: an address that this machine has. @default - none */
  readonly env?: Readonly<Record<string, string>>;
  /** Names of the steps that are run. @default - all that have a script */
  readonly steps?: readonly string[];
}

/**
 * Runs the scripts of a task one after the other, as Tekton does: its variables are replaced in the environment and nowhere else, each script is a file
 * that its first line says how to run, and the first that fails ends the task. Folders that steps mount lie below a temporary one.
 */
export function runTask(
  task: KubernetesObject,
  { params = {}, source = '', programs = {}, env = {}, steps }: TaskGiven,
): TaskRun {
  const scratch = temporaryFolder();
  const own = path.join(scratch, 'programs');
  const results = path.join(scratch, 'results');
  for (const folder of [own, results]) mkdirSync(folder);
  for (const [name, text] of Object.entries(programs)) writeProgram(path.join(own, name), `#!/bin/sh\n${text}\n`);
  const mounts = [
    ...new Set(
      listAt(task, 'spec', 'steps').flatMap((step) =>
        listAt(step, 'volumeMounts').map((mount) => textAt(mount, 'mountPath')),
      ),
    ),
  ];
  for (const mount of mounts) mkdirSync(path.join(scratch, mount), { recursive: true });
  const onThisMachine = (value: string): string => {
    const filled = value
      .replace(/\$\(params\.([\w-]+)\)/g, (_, name: string) => params[name] ?? '')
      .replace(/\$\(workspaces\.source\.path\)/g, source)
      .replace(/\$\(results\.([\w-]+)\.path\)/g, (_, name: string) => path.join(results, name));
    const mount = mounts.find((it) => filled === it || filled.startsWith(`${it}/`));
    return mount === undefined ? filled : path.join(scratch, filled);
  };
  const named = (): Readonly<Record<string, string>> =>
    Object.fromEntries(
      listAt(task, 'spec', 'results').flatMap((result) => {
        const file = path.join(results, textAt(result, 'name'));
        return existsSync(file) ? [[textAt(result, 'name'), readFileSync(file, 'utf8')]] : [];
      }),
    );
  for (const step of listAt(task, 'spec', 'steps')) {
    const script = textAt(step, 'script');
    if (script === '' || steps?.includes(textAt(step, 'name')) === false) continue;
    const file = path.join(scratch, `${textAt(step, 'name')}.sh`);
    // Tekton runs what says nothing else by the shell, and ends it at the first error.
    writeProgram(file, script.startsWith('#!') ? script : `#!/bin/sh\nset -e\n${script}`);
    const said = listAt(step, 'env').map((it) => [textAt(it, 'name'), onThisMachine(textAt(it, 'value'))] as const);
    const { status, stderr } = spawnSync(file, [], {
      cwd: onThisMachine(textAt(step, 'workingDir')) || scratch,
      encoding: 'utf8',
      env: { PATH: `${own}:${process.env['PATH'] ?? ''}`, ...Object.fromEntries<string>(said), ...env },
    });
    if (status !== 0) return { status, stderr, results: named() };
  }
  return { status: 0, stderr: '', results: named() };
}

function writeProgram(file: string, text: string): void {
  writeFileSync(file, text);
  chmodSync(file, 0o755);
}
