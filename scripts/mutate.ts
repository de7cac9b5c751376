/**
 * `npm run mutate`: puts random faults into a copy of the program, one at a time, and asks the nearest tests whether they
 * notice. Takes minutes, so it is no part of CI. Run it with every test green.
 *
 *     --seed     which sample @default 1
 *     --count    how many faults @default 40
 *     --folder   only faults under this folder @default src
 *     --tests    how many test files are asked about one fault, the nearest first @default 20
 *     --timeout  seconds that one run of them may take @default 300
 *     --only     numbers of the sample to run again, e.g. 3,17
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compiler } from './mutation/compiles.ts';
import { isEquivalent } from './mutation/equivalents.ts';
import { faultsOf, withFault } from './mutation/fault.ts';
import type { Fault } from './mutation/fault.ts';
import { loadedBy, nearestTests } from './mutation/nearest-tests.ts';
import { countOf, countWords, countsByFolder } from './mutation/outcome.ts';
import type { Outcome } from './mutation/outcome.ts';
import { firstFailure } from './mutation/run-tests.ts';
import { sampleOf } from './mutation/sample.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** Written by another script from the types; a test compares it whole. */
const generated = new Set(['src/model/shape/model-shapes.ts']);

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '40' },
    folder: { type: 'string', default: 'src' },
    tests: { type: 'string', default: '20' },
    timeout: { type: 'string', default: '300' },
    only: { type: 'string', default: '' },
  },
});
const [seed, count, testsAtMost, timeoutSeconds] = [values.seed, values.count, values.tests, values.timeout].map(
  wholeNumber,
) as [number, number, number, number];
const only = values.only === '' ? [] : values.only.split(',').map(wholeNumber);

const tracked = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 2 ** 26,
})
  .split('\0')
  .filter((file) => file !== '');
const code = tracked.filter((file) => /^(src|test)\/.*\.ts$/.test(file));
/** Read once: somebody may go on working while this runs. */
const texts = new Map(code.map((file) => [file, readFileSync(join(root, file), 'utf8')]));
const imports = new Map([...texts].map(([file, text]) => [file, loadedBy(file, text)]));
const sources = code.filter((file) => file.startsWith('src/') && !generated.has(file));
const faults = sources
  .filter((file) => file.startsWith(`${values.folder}/`))
  .flatMap((file) => faultsOf(file, textOf(file)));

const copy = copyOfTheTree();
const compiles = compiler(copy, sources);
try {
  const outcomes: Outcome[] = [];
  let number = 0;
  for (const fault of sampleOf(faults, seed)) {
    if (isEquivalent(fault) || !compiles(fault)) continue;
    number++;
    if (number === 1) refuseRedTests(fault);
    if (only.length === 0 || only.includes(number)) {
      const outcome = { number, fault, foundBy: findFault(fault) };
      outcomes.push(outcome);
      console.log(line(outcome));
    }
    if (number === count) break;
  }
  console.log(summary(outcomes));
} finally {
  rmSync(copy, { recursive: true, force: true });
}

/** A runner that cannot start, or a test that fails anyway, would find every fault. */
function refuseRedTests(fault: Fault): void {
  const failure = firstFailure(copy, nearestTests(fault.file, imports).slice(0, 2), timeoutSeconds);
  if (failure !== undefined) throw new Error(`the tests must pass before a fault is put in; fails: ${failure}`);
}

function textOf(file: string): string {
  return texts.get(file) ?? '';
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`must be whole numbers, got "${text}"`);
  return Number(text);
}

/** Faults never touch the tree that somebody works in. */
function copyOfTheTree(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'portolan-mutate-')));
  for (const file of tracked) cpSync(join(root, file), join(folder, file), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** The few nearest tests first: most faults are found by one of them. */
function findFault(fault: Fault): string | undefined {
  const tests = nearestTests(fault.file, imports).slice(0, testsAtMost);
  const file = join(copy, fault.file);
  writeFileSync(file, withFault(textOf(fault.file), fault));
  try {
    for (const [from, to] of [
      [0, 2],
      [2, 8],
      [8, testsAtMost],
    ]) {
      const some = tests.slice(from, to);
      const failure = some.length === 0 ? undefined : firstFailure(copy, some, timeoutSeconds);
      if (failure !== undefined) return failure;
    }
    return undefined;
  } finally {
    writeFileSync(file, textOf(fault.file));
  }
}

function line({ number, fault, foundBy }: Outcome): string {
  const verdict = foundBy === undefined ? 'SURVIVED' : `found by ${foundBy}`;
  return `${number}. ${fault.file}:${fault.line} ${fault.kind}: ${fault.change}\n   ${verdict}`;
}

function summary(outcomes: readonly Outcome[]): string {
  const rows = countsByFolder(outcomes).map(([folder, counted]) => `| \`${folder}\` | ${countWords(counted)} |`);
  return `\nseed ${seed}: ${countWords(countOf(outcomes))} found\n\n| folder | found |\n|---|---|\n${rows.join('\n')}`;
}
