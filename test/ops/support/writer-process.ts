import { join } from 'node:path';
import { execa } from 'execa';
import { temporaryFolder } from '../../support/git.ts';
import { promote } from '../../../src/ops/promote/promote.ts';
import { publish } from '../../../src/ops/publish/publish.ts';
import type { OpsStep } from '../../../src/ops/ops-context.ts';
import type { Written } from '../../../src/ops/written/written.ts';
import { build, fakeRender, opsContext, program } from './fake-ops.ts';

/** What a process of its own writes to a bare repository. */
export interface WriterTask {
  readonly bare: string;
  /** Number of the release that it promotes to `dev`. @default - it publishes `dev` */
  readonly release?: number;
  /** Number of its program, which renders its number. @default 1 */
  readonly program?: number;
  /** Step at which the process is killed. @default - it is not */
  readonly killedAt?: OpsStep['name'];
  /** Further objects that it renders. @default 0 */
  readonly more?: number;
}

/** What became of the process. */
export interface WriterEnd {
  readonly outcome: Written['outcome'] | 'failed' | 'killed';
  readonly said: string;
}

/** Makes one file of plain JavaScript of this one, so that many processes start fast. */
export async function bundleWriter(): Promise<string> {
  const { build: bundle } = await import('esbuild');
  const outfile = join(temporaryFolder(), 'writer.mjs');
  const banner = { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" };
  await bundle({
    entryPoints: [import.meta.filename],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'bundle',
    external: ['esbuild'],
    banner,
    logLevel: 'silent',
  });
  return outfile;
}

/** Starts a writer as a process of its own, in a process group of its own. */
export function startWriter(
  script: string,
  task: WriterTask,
): { readonly end: Promise<WriterEnd>; readonly kill: () => void } {
  const child = execa(process.execPath, [script, JSON.stringify(task)], {
    reject: false,
    detached: true,
    cleanup: false,
    all: true,
  });
  const end = child.then(({ all, signal }): WriterEnd => {
    if (signal === 'SIGKILL') return { outcome: 'killed', said: all };
    const [line = ''] = all.split('\n').slice(-1);
    return line.startsWith('{') ? (JSON.parse(line) as WriterEnd) : { outcome: 'failed', said: all };
  });
  const kill = (): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It ended by itself.
    }
  };
  return { end, kill };
}

async function run(task: WriterTask): Promise<void> {
  const number = task.program ?? 1;
  const context = await opsContext({
    bare: task.bare,
    program: program(number),
    render: fakeRender({ level: `level-${number}`, more: task.more ?? 0 }),
    onStep: ({ name }) => {
      if (name === task.killedAt) process.kill(process.pid, 'SIGKILL');
    },
  });
  try {
    const result =
      task.release === undefined
        ? await publish(context, { environment: 'dev' })
        : await promote(context, build(task.release));
    process.stdout.write(JSON.stringify({ outcome: result.outcome, said: result.supersededBy ?? result.commit }));
  } catch (error) {
    process.stdout.write(
      JSON.stringify({ outcome: 'failed', said: error instanceof Error ? error.message : String(error) }),
    );
  }
}

const [, script, task] = process.argv;
if (script?.endsWith('writer.mjs') === true && task !== undefined) await run(JSON.parse(task) as WriterTask);
