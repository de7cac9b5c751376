import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processSeconds, ratioOf, root } from './ratio.ts';

/** Each service of the large project is four objects. */
const services = 2_500;

/** Seconds of a command on a clock, because a process that bundles is left behind. In CI nothing is believed that was kept. */
const taken = (folder: string, args: readonly string[]): number =>
  processSeconds([join(root, 'bin', 'portolan.cjs'), ...args], folder, {
    CI: '',
    XDG_CACHE_HOME: join(folder, 'caches'),
    BENCH_SERVICES: String(services),
    BENCH_ONLY: 'dev',
  });

/**
 * A command right after one service of some ten thousand objects was changed in project.ts and saved, beside the same after the same with nothing kept at
 * all: no bundle, no compiled code and no object.
 */
export function oneServiceBesideNothing(command: 'check' | 'publish' | 'diff'): number {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-bench-'));
  const many = join(root, 'scripts', 'bench', 'many');
  const ops = ['--ops', join(folder, 'ops.git')];
  const args = {
    check: ['check'],
    publish: ['publish', 'dev', '--allow-unmerged', ...ops],
    diff: ['diff', 'dev', ...ops],
  }[command];
  let saved = 0;
  const save = (): void => {
    saved += 1;
    writeFileSync(
      join(folder, 'project.ts'),
      `import many from ${JSON.stringify(join(many, 'project.ts'))};\n` +
        `process.env['BENCH_ONE'] = '${saved}';\nexport default many;\n`,
    );
  };
  const after = (): number => {
    save();
    return taken(folder, args);
  };
  try {
    for (const name of readdirSync(many).filter((it) => it.startsWith('Pulumi.')))
      cpSync(join(many, name), join(folder, name));
    mkdirSync(join(folder, 'caches'));
    spawnSync('git', ['init', '--quiet', '--bare', join(folder, 'ops.git')]);
    save();
    if (command !== 'check') taken(folder, ['publish', 'dev', '--allow-unmerged', ...ops]);
    const fromNothing = (): number => {
      rmSync(join(root, 'node_modules', '.cache', 'portolan'), { recursive: true, force: true });
      return after();
    };
    return 1 / ratioOf(fromNothing, after, 3);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
