import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const warmUps = 2;
const pairs = 7;

/** A promise about a ratio, in words with `%s` where the ratio goes. */
export interface Measure {
  readonly words: string;
  readonly atMost: number;
  readonly measure: () => number | Promise<number>;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/**
 * Runs both in turn, so that a machine that slows down slows both, and takes the median ratio of the pairs. What the engine compiles first is not
 * counted.
 *
 * @param count - pairs that count; fewer where one of them takes a minute @default 7, after two that warm up
 */
export function ratioOf(a: () => number, b: () => number, count = pairs): number {
  const pair = (): number => a() / b();
  for (let i = 0; i < (count === pairs ? warmUps : 0); i++) pair();
  return median(Array.from({ length: count }, pair));
}

/**
 * Time of a Node.js process, in seconds.
 *
 * @param cwd - @default this repository
 * @param env - besides the variables of this process @default - none
 */
export function processSeconds(
  args: readonly string[],
  cwd: string = root,
  env: Readonly<Record<string, string>> = {},
): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`node ${args.join(' ')} failed: ${stderr}`);
  return (performance.now() - start) / 1000;
}

/** Processor time of work in this process: a machine that is busy with something else does not lengthen it. */
export function seconds(work: () => unknown): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

/** How much longer ten times as much takes. The small one runs ten times a sample: both make as much garbage, and neither is over in a blink. */
export const growthOf = (many: () => unknown, few: () => unknown): number =>
  10 *
  ratioOf(
    () => seconds(many),
    () => seconds(() => Array.from({ length: 10 }, few).length),
  );
