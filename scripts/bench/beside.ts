/**
 * `npm run bench:beside`: this checkout beside an earlier one, in one run. Each figure is a ratio of processor time, so that another
 * machine, or a busy one, changes both sides.
 *
 *     npm run bench:beside                    makes the earlier checkout from this repository's own history, and installs it
 *     npm run bench:beside -- --then FOLDER   uses one that is there and installed
 *
 * The two take turns, and the median of the pairs counts. A ratio that misses its bar is measured again, twice at most: a bar that is missed
 * in two of three tries fails.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** The commit that everything is measured beside. */
const then = '755c1ac';
const pairs = 7;

const now = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** A sentence for a person, in the place of a stack. */
class Stop extends Error {}

/** The earlier checkout, made of this repository's history and installed. */
function earlierCheckout(folder: string): string {
  const known = spawnSync('git', ['-C', now, 'cat-file', '-e', `${then}^{commit}`]);
  if (known.status !== 0)
    throw new Stop(
      `the history of this clone does not hold ${then}, beside which everything is measured; in a shallow clone run "git fetch --unshallow" first`,
    );
  run('git', ['clone', '--quiet', '--no-checkout', now, folder], tmpdir());
  run('git', ['checkout', '--quiet', then], folder);
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], folder);
  return folder;
}

function run(command: string, args: readonly string[], cwd: string): void {
  const { status, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Stop(`"${command} ${args.join(' ')}" failed for the checkout of ${then}: ${stderr}`);
}

/** Has a process write its processor seconds behind everything else that it prints. */
const tellSeconds = `data:text/javascript,${encodeURIComponent(
  "process.on('exit', () => { const { user, system } = process.cpuUsage(); process.stderr.write('\\nseconds ' + (user + system) / 1e6 + '\\n'); });",
)}`;

/** A command, and the exit code that it must end with on both sides: a start that broke down is no fast one. */
interface Call {
  readonly args: readonly string[];
  /** Where each side writes, below a folder of its own: neither finds what the other left. @default - it writes nothing */
  readonly output?: string;
  readonly status: number;
  /** Of the processor time that it took then. */
  readonly atMost: number;
}

/** What package.json says that a start of Portolan runs: then it had another name. */
const launcherIn = (folder: string): string =>
  (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { bin: { portolan: string } }).bin.portolan;

function secondsOf({ args, output, status: expected }: Call, folder: string): number {
  const written = output === undefined ? [] : ['--output', join(output, folder === now ? 'now' : 'then')];
  const call = ['--import', tellSeconds, launcherIn(folder), ...args, ...written];
  const { status, stdout, stderr } = spawnSync(process.execPath, call, { cwd: folder, encoding: 'utf8' });
  const told = /\nseconds ([\d.]+)\n$/.exec(stderr)?.[1];
  if (status !== expected || told === undefined)
    throw new Stop(`portolan ${args.join(' ')} ended with ${status ?? 'no code'} in ${folder}: ${stdout}${stderr}`);
  return Number(told);
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** The median ratio of pairs that take turns; who comes first takes turns too. */
const ratioOf = (call: Call, before: string): number =>
  median(
    Array.from({ length: pairs }, (_, i) => {
      if (i % 2 === 0) return secondsOf(call, now) / secondsOf(call, before);
      const there = secondsOf(call, before);
      return secondsOf(call, now) / there;
    }),
  );

function compare(before: string, output: string): boolean {
  const calls: readonly Call[] = [
    { args: ['synth'], output, status: 0, atMost: 0.95 },
    { args: ['check'], status: 0, atMost: 0.85 },
    { args: ['--help'], status: 0, atMost: 1.05 },
    { args: ['promot'], status: 2, atMost: 1.05 },
  ];
  let kept = true;
  for (const call of calls) {
    // The first start of each bundles it, and the second may still read every source.
    for (const folder of [now, before, now, before]) secondsOf(call, folder);
    const ratios = [ratioOf(call, before)];
    const missed = (): number => ratios.filter((ratio) => ratio > call.atMost).length;
    while (missed() === 1 && ratios.length < 3) ratios.push(ratioOf(call, before));
    if (missed() > 1) kept = false;
    process.stdout.write(
      `${missed() > 1 ? '✖' : '✔'} "portolan ${call.args[0] ?? ''}" takes ${ratios.map((ratio) => ratio.toFixed(2)).join(', ')} times the processor time that it took at ${then} (at most ${call.atMost})\n`,
    );
  }
  return kept;
}

const { values } = parseArgs({ options: { then: { type: 'string' } } });
const scratch = mkdtempSync(join(tmpdir(), 'portolan-beside-'));
try {
  const before = values.then === undefined ? earlierCheckout(join(scratch, 'then')) : resolve(values.then);
  process.exitCode = compare(before, join(scratch, 'rendered')) ? 0 : 1;
} catch (error) {
  if (!(error instanceof Stop)) throw error;
  process.stderr.write(`bench: ${error.message}\n`);
  process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
