/**
 * `npm run mutate`: puts random faults into a copy of the program, one at a time, and asks the nearest tests whether they
 * notice. Takes minutes, so it is no part of CI. Run it with every test green.
 *
 *     --seed     which sample @default 1
 *     --count    how many faults @default 40
 *     --folder   only faults under this folder @default src
 *     --tests    how many test files are asked about one fault, the nearest first @default 20
 *     --timeout  seconds that one run of them may take @default 300
 *     --workers  how many faults are judged at a time, each in a copy of its own @default 2
 *     --only     numbers of the sample to run again, e.g. 3,17
 *     --write    keep the result, fault by fault, in scripts/mutation/last-run.json and docs/mutation.md
 *     --resume   go on with the run that was kept, where it stopped, and keep the rest
 *     --again    ask again about what still survives of the run that was kept, and keep the answers
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compiler } from './mutation/compiles.ts';
import { copyOfTheTree } from './mutation/copy-of-the-tree.ts';
import { equivalentOf } from './mutation/equivalents.ts';
import { faultsOf } from './mutation/fault.ts';
import { judgeIn } from './mutation/judge.ts';
import { commitOf, keepRun, keptRun, versionsOf } from './mutation/kept-run.ts';
import { loadedBy, nearestTests } from './mutation/nearest-tests.ts';
import { countOf, countWords, countsByFolder } from './mutation/outcome.ts';
import type { Outcome } from './mutation/outcome.ts';
import { askedAgain, judgedOf, judgedSoFar } from './mutation/record.ts';
import { firstFailure } from './mutation/run-tests.ts';
import { sampleOf } from './mutation/sample.ts';
import { sideBySide } from './mutation/side-by-side.ts';

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
    workers: { type: 'string', default: '2' },
    only: { type: 'string', default: '' },
    write: { type: 'boolean', default: false },
    resume: { type: 'boolean', default: false },
    again: { type: 'boolean', default: false },
  },
});
const [seed, count, testsAtMost, timeoutSeconds, workers] = [
  values.seed,
  values.count,
  values.tests,
  values.timeout,
  values.workers,
].map(wholeNumber) as [number, number, number, number, number];
const only = values.only === '' ? [] : values.only.split(',').map(wholeNumber);
if ((values.write || values.resume) && (only.length > 0 || values.folder !== 'src'))
  throw new Error('--write and --resume keep a sample of the whole program: leave --only and --folder out');

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

const copies = Array.from({ length: Math.max(1, workers) }, () =>
  copyOfTheTree({ root, files: tracked, timeoutSeconds }),
);
const judges = copies.map((folder) =>
  judgeIn({
    folder,
    textOf,
    testsOf: (file) => nearestTests(file, imports).slice(0, testsAtMost),
    run: (tests) => firstFailure(folder, tests, timeoutSeconds),
    tell: (words) => {
      console.log(words);
    },
  }),
);
try {
  await (values.again ? askAgain() : runSample());
} finally {
  for (const folder of copies) rmSync(folder, { recursive: true, force: true });
}

/** The faults of the sample that the compiler lets pass, with their numbers. */
function drawn(): readonly Pick<Outcome, 'number' | 'fault'>[] {
  const compiles = compiler(copies[0] ?? root, sources);
  const numbered: Pick<Outcome, 'number' | 'fault'>[] = [];
  for (const fault of sampleOf(faults, seed)) {
    if (equivalentOf(fault) !== undefined || !compiles(fault)) continue;
    numbered.push({ number: numbered.length + 1, fault });
    if (numbered.length === count) break;
  }
  return numbered;
}

async function runSample(): Promise<void> {
  const run = { seed, count, tests: testsAtMost, versions: versionsOf(root), commit: commitOf(root) };
  const known = values.resume ? judgedSoFar(keptRun(root), run) : [];
  const sample = drawn().filter(({ number }) => only.length === 0 || only.includes(number));
  const outcomes = await sideBySide(
    judges,
    sample,
    async (judge, { number, fault }): Promise<Outcome> => {
      const before = known[number - 1];
      const outcome = { number, fault, foundBy: before === undefined ? await judge(fault) : before.foundBy };
      console.log(line(outcome));
      return outcome;
    },
    (results) => {
      // After each: whoever stops the run keeps what was judged until then, as far as nothing before it is missing.
      const missing = results.indexOf(undefined);
      const judged = results.slice(0, missing === -1 ? results.length : missing).flatMap((it) => it ?? []);
      if ((values.write || values.resume) && judged.length > known.length)
        keepRun(root, { ...run, judged: judged.map(judgedOf) });
    },
  );
  console.log(summary(outcomes));
}

async function askAgain(): Promise<void> {
  const run = keptRun(root);
  const judged = await sideBySide(judges, run.judged, async (judge, fault) => {
    const answer = await askedAgain(fault, faults, judge);
    if (fault.foundBy === undefined)
      console.log(
        `${answer.file}:${answer.line} ${answer.kind}: ${answer.change}\n   ${answer.laterFoundBy ?? answer.equivalent ?? (answer.gone === true ? 'ITS CODE IS GONE' : 'SURVIVES')}`,
      );
    return answer;
  });
  keepRun(root, { ...run, judged });
}

function textOf(file: string): string {
  return texts.get(file) ?? '';
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`must be whole numbers, got "${text}"`);
  return Number(text);
}

function line({ number, fault, foundBy }: Outcome): string {
  const verdict = foundBy === undefined ? 'SURVIVED' : `found by ${foundBy}`;
  return `${number}. ${fault.file}:${fault.line} ${fault.kind}: ${fault.change}\n   ${verdict}`;
}

function summary(outcomes: readonly Outcome[]): string {
  const rows = countsByFolder(outcomes).map(([folder, counted]) => `| \`${folder}\` | ${countWords(counted)} |`);
  return `\nseed ${seed}: ${countWords(countOf(outcomes))} found\n\n| folder | found |\n|---|---|\n${rows.join('\n')}`;
}
