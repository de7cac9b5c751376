/**
 * `npm run bench`: the speeds that are promised, each as a ratio against something else in this very run.
 *
 *     process  what runs behind `npm run synth`, beside a Node.js process that only loads cdk8s and cdk8s-plus-28
 *     overlays the same, beside kustomize, which builds what says the same
 *     write    promoting every image of an environment, beside Git doing the same by hand: clone, edit, commit, push
 *     history  5,000 promotions of an environment, beside `git log --patch` of its release file
 *     race     twenty promotions of an environment at once, beside one after the other
 *     help     `--help`, beside a Node.js process that does nothing
 *     commands status, diff and check of thousands of objects, beside each other, kustomize and dyff
 *     start    `npm start`, beside npm with nothing to do
 *     edited   `check` right after a change of project.ts, beside `check` where nothing changed
 *     service  check, publish and diff right after a change of one service of 10,000 objects, beside the same with nothing kept
 *     table    every command at 1,000, 3,000 and 10,000 objects, with the exponent
 *     growth   rendering ten times the objects, up to 10,000
 *     review   checking and diffing 4,000 objects, beside rendering them, and ten times the objects, up to 10,000
 *
 * A ratio that misses its bar is measured again, twice at most: other work on the machine makes single ratios worse. But for the row on one service nothing
 * that an earlier start made of services is believed, as in CI.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandMeasures } from './commands.ts';
import { editedBesideWarm } from './edited.ts';
import { growthLines, growthTable } from './growth-table.ts';
import { renderingGrowth, reviewBesideRendering, reviewGrowth } from './growth.ts';
import { withReaders } from './history.ts';
import { synthBesideOverlays } from './overlays.ts';
import { pageBesideDiff } from './page.ts';
import { secondsOf, withMovers } from './promotion.ts';
import { withRacers } from './racing.ts';
import { oneServiceBesideNothing } from './one-service.ts';
import { processSeconds, ratioOf, root, type Measure } from './ratio.ts';

// A machine that sets it has every Node.js read all certificates there are, which takes twice as long as starting: bars are held on machines that do not.
delete process.env['NODE_EXTRA_CA_CERTS'];

function processRatio(): number {
  const output = mkdtempSync(join(tmpdir(), 'portolan-bench-'));
  try {
    const load = "import('cdk8s').then(() => import('cdk8s-plus-28'))";
    return ratioOf(
      () => processSeconds(['bin/portolan.cjs', 'synth', '--output', output]),
      () => processSeconds(['-e', load]),
    );
  } finally {
    rmSync(output, { recursive: true, force: true });
  }
}

/** What npm itself takes is in both. */
function startBesideNothing(): number {
  const empty = mkdtempSync(join(tmpdir(), 'portolan-bench-'));
  try {
    writeFileSync(join(empty, 'package.json'), JSON.stringify({ private: true, scripts: { nothing: 'true' } }));
    return ratioOf(
      () => secondsOf('npm start > /dev/null 2>&1', root),
      () => secondsOf('npm run nothing > /dev/null', empty),
    );
  } finally {
    rmSync(empty, { recursive: true, force: true });
  }
}

// In CI objects are made anew by every start, wherever this runs.
process.env['CI'] = 'true';

const measures: readonly Measure[] = [
  {
    words:
      'the process behind "npm run synth" takes %s of the time of a Node.js process that only loads cdk8s and cdk8s-plus-28',
    atMost: 2,
    measure: processRatio,
  },
  {
    words:
      'the same takes %s of the processor time of kustomize, which builds two overlays that come to the same objects',
    atMost: 1.5,
    measure: synthBesideOverlays,
  },
  {
    words: 'promoting the images of staging takes %s of the processor time of plain Git: clone, edit, commit, push',
    atMost: 7.5,
    measure: () => withMovers(root, 'staging', ({ byPortolan, byHand }) => ratioOf(byPortolan, byHand)),
  },
  {
    words:
      'the history of 5000 promotions, which an earlier call read, takes %s of the processor time of "git log --patch" of the release file',
    atMost: 3,
    measure: () => withReaders(root, 'staging', 5000, ({ byPortolan, byGit }) => ratioOf(byPortolan, byGit)),
  },
  {
    words:
      'the history of 5000 promotions, read anew, takes %s of the processor time of "git log --patch" of the release file',
    atMost: 8,
    measure: () => withReaders(root, 'staging', 5000, ({ byPortolanAnew, byGit }) => ratioOf(byPortolanAnew, byGit)),
  },
  {
    words: 'twenty promotions of one environment at once take %s of the time of twenty one after the other',
    atMost: 2,
    measure: () =>
      withRacers(root, 'staging', 20, async ({ inTurn, atOnce }) => {
        const ratios: number[] = [];
        for (let i = 0; i < 3; i++) ratios.push((await atOnce()) / (await inTurn()));
        return ratios.sort((a, b) => a - b)[1] ?? Number.NaN;
      }),
  },
  {
    words: '"portolan --help" takes %s of the processor time of "node -e 0"',
    atMost: 1.4,
    measure: () =>
      ratioOf(
        () => secondsOf('node bin/portolan.cjs --help > /dev/null', root),
        () => secondsOf('node -e 0', root),
      ),
  },
  {
    words: '"npm start", where all is published, takes %s of the processor time of "npm run" of an empty script',
    atMost: 5,
    measure: startBesideNothing,
  },
  {
    words:
      '"portolan check" right after a change of project.ts takes %s of the time that it takes where nothing changed',
    atMost: 2,
    measure: editedBesideWarm,
  },
  ...(['check', 'publish', 'diff'] as const).map((command): Measure => ({
    words: `"portolan ${command}" right after a change of one service of 10000 objects takes %s of what it takes from nothing`,
    atMost: command === 'publish' ? 0.5 : 0.35,
    measure: () => oneServiceBesideNothing(command),
  })),
  ...commandMeasures,
  { words: 'rendering 1000 objects takes %s of the time of 100', atMost: 11, measure: () => renderingGrowth(1000) },
  { words: 'rendering 10000 objects takes %s of the time of 1000', atMost: 11, measure: () => renderingGrowth(10_000) },
  {
    words: 'checking and diffing 4000 objects takes %s of the time of rendering them',
    atMost: 1,
    measure: () => reviewBesideRendering(4000),
  },
  {
    words: 'checking and diffing 10000 objects takes %s of the time of rendering them',
    atMost: 1,
    measure: () => reviewBesideRendering(10_000),
  },
  // One object costs about a quarter more among 10,000 than among 1,000, and the same work is done: what it costs is memory.
  {
    words: 'checking and diffing 10000 objects takes %s of the time of 1000',
    atMost: 14,
    measure: () => reviewGrowth(10_000),
  },
  {
    words: 'the page of 10000 objects takes %s of the time of reading, rendering and diffing them',
    atMost: 1,
    measure: () => pageBesideDiff(root),
  },
];

/** Of every command, from a thousand objects to ten thousand. */
const MOST_GROWTH = { exponent: 1, perObject: 1, megabytes: 500 } as const;

let kept = true;
const grown = growthTable();
process.stdout.write(`${growthLines(grown)}\n`);
for (const { command, exponent, perObject, megabytes } of grown)
  if (exponent > MOST_GROWTH.exponent || perObject > MOST_GROWTH.perObject || megabytes > MOST_GROWTH.megabytes) {
    kept = false;
    process.stdout.write(
      `✖ "portolan ${command}" grows with an exponent of ${exponent.toFixed(2)} (at most ${MOST_GROWTH.exponent}), one object takes ${perObject.toFixed(2)} times as long among ten thousand (at most ${MOST_GROWTH.perObject}), and ${megabytes.toFixed(0)} MB (at most ${MOST_GROWTH.megabytes})\n`,
    );
  }
for (const { words, atMost, measure } of measures) {
  let ratio = await measure();
  for (let again = 0; again < 2 && ratio > atMost; again++) ratio = Math.min(ratio, await measure());
  if (ratio > atMost) kept = false;
  process.stdout.write(
    `${ratio > atMost ? '✖' : '✔'} ${words.replace('%s', `${ratio.toFixed(ratio < 0.1 ? 3 : 2)} times`)} (at most ${Number(atMost.toFixed(3))})\n`,
  );
}
process.exitCode = kept ? 0 : 1;
