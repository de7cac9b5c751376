import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './ratio.ts';

const folder = join(root, 'scripts', 'bench', 'many');

/** Objects of the one environment that has many. */
const sizes: readonly number[] = [1_000, 3_000, 10_000];

/** Each service of the large project is four. */
const perService = 4;

/** How a command's processor time grows with the objects. */
export interface Growth {
  readonly command: string;
  /** Processor seconds at each of the sizes. */
  readonly seconds: readonly number[];
  /** How much more one object costs among the most than among the fewest, e.g. 1.05. */
  readonly perObject: number;
  /** The slope of both on logarithmic scales: 1 where twice the objects take twice as long, 2 where they take four times as long. */
  readonly exponent: number;
  /** Megabytes that the process held at most, at the largest size. */
  readonly megabytes: number;
}

/** Has a process write at its end how much memory it held. */
const tell = `data:text/javascript,${encodeURIComponent(
  "process.on('exit', () => { process.stderr.write(`\\nheld ${process.resourceUsage().maxRSS / 1024}\\n`); });",
)}`;

interface Taken {
  readonly seconds: number;
  readonly megabytes: number;
}

/** Processor seconds of a command of the large project and of the Git processes that it starts, and its own memory. */
function taken(args: readonly string[], objects: number): Taken {
  const call = ['--import', tell, join(root, 'bin', 'portolan.cjs'), ...args];
  const timed = ['TIMEFORMAT=\'took %U %S\'; time "$@"', 'bash', process.execPath, ...call];
  const { status, stderr } = spawnSync('bash', ['-c', ...timed], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, BENCH_SERVICES: String(objects / perService), BENCH_ONLY: 'dev' },
    maxBuffer: 1 << 28,
  });
  const [, megabytes, user, system] = /\nheld ([\d.]+)\ntook ([\d.]+) ([\d.]+)\s*$/.exec(stderr) ?? [];
  if (status !== 0 || megabytes === undefined || user === undefined || system === undefined)
    throw new Error(`bench: portolan ${args.join(' ')} ended with ${status ?? 'no code'}: ${stderr.slice(0, 2000)}`);
  return { seconds: Number(user) + Number(system), megabytes: Number(megabytes) };
}

/** Every command at one size, each as somebody calls it who has just written a change. */
function takenAt(objects: number): Readonly<Record<string, Taken>> {
  const scratch = mkdtempSync(join(tmpdir(), 'portolan-bench-'));
  const ops = ['--ops', join(scratch, 'ops.git')];
  try {
    spawnSync('git', ['init', '--quiet', '--bare', join(scratch, 'ops.git')]);
    return {
      synth: taken(['synth', '--output', join(scratch, 'out')], objects),
      check: taken(['check'], objects),
      publish: taken(['publish', 'dev', '--allow-unmerged', ...ops], objects),
      diff: taken(['diff', 'dev', ...ops], objects),
      status: taken(['status', 'dev', '--no-cluster', '--no-cache', ...ops], objects),
      graph: taken(['graph', '--initial', '--output', join(scratch, 'graph.svg')], objects),
      page: taken(['page', '--no-cluster', '--output', join(scratch, 'page'), ...ops], objects),
    };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** How every command grows from a thousand objects to ten thousand. */
export function growthTable(): readonly Growth[] {
  const [few = 1, most = 1] = [sizes[0], sizes.at(-1)];
  // The first call of a command compiles, and keeps what it compiled.
  takenAt(few);
  const all = sizes.map(takenAt);
  return Object.keys(all[0] ?? {}).map((command) => {
    const at = all.flatMap((one) => one[command] ?? []);
    const seconds = at.map((one) => one.seconds);
    const times = (seconds.at(-1) ?? Number.NaN) / (seconds[0] ?? Number.NaN);
    return {
      command,
      seconds,
      perObject: times / (most / few),
      exponent: Math.log(times) / Math.log(most / few),
      megabytes: at.at(-1)?.megabytes ?? Number.NaN,
    };
  });
}

/** The table as docs/performance.md shows it. */
export const growthLines = (rows: readonly Growth[]): string =>
  [
    `| processor seconds at so many objects | ${sizes.map((size) => size.toLocaleString('en')).join(' | ')} | exponent | one object among ${sizes.at(-1)?.toLocaleString('en') ?? ''}, beside among ${sizes[0]?.toLocaleString('en') ?? ''} | peak memory |`,
    `|---|${'---|'.repeat(sizes.length + 3)}`,
    ...rows.map(
      ({ command, seconds, exponent, perObject, megabytes }) =>
        `| \`${command}\` | ${seconds.map((it) => it.toFixed(2)).join(' | ')} | ${exponent.toFixed(2)} | ${perObject.toFixed(2)} | ${megabytes.toFixed(0)} MB |`,
    ),
  ].join('\n');
