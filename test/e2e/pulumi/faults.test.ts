import { createHash } from 'node:crypto';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { EngineWorld, patience } from './engine/engine-world.ts';
import { onTheEngine } from './engine/needs.ts';
import { Between } from './faults/between.ts';
import { referenceOf, someCases, wrongAfter, type Case } from './faults/broken-off.ts';
import { faults } from './faults/fault.ts';
import { isMended, keep, readRecord, reportOf, type Result } from './faults/report.ts';
import { through } from './faults/through.ts';

/** How many cases of a stack are run: a few, which are others every hour; or `all` that were not mended before, or all `anew`, by `npm run faults`. */
const asked = process.env['PORTOLAN_FAULTS'] ?? '2';
const isWhole = asked === 'all' || asked === 'anew';
const count = isWhole ? Number.POSITIVE_INFINITY : Number(asked);
const turn = Number(process.env['PORTOLAN_FAULTS_TURN'] ?? Math.floor(Date.now() / 3_600_000));

/** Where `npm run faults` keeps what it found, and the page that says so. */
const record = 'test/e2e/pulumi/faults/last-run.json';
const page = 'docs/faults.md';

jest.setTimeout(isWhole ? 86_400_000 : 1_800_000);

const resultOf = (stack: string, { call, fault }: Case): Result => ({ stack, call, fault: fault.name });

/** The cases in an order that is always the same and has nothing to do with theirs. */
function spread(cases: readonly Case[]): readonly Case[] {
  const lot = ({ call, fault }: Case): string => createHash('sha256').update(`${call} ${fault.name}`).digest('hex');
  return [...cases].sort((a, b) => (lot(a) < lot(b) ? -1 : 1));
}

onTheEngine('an update that breaks off at any call of GitHub', () => {
  let world: EngineWorld;
  let between: Between;

  beforeAll(async () => {
    if (asked === 'anew' && existsSync(record)) rmSync(record);
    world = await EngineWorld.open();
    between = await Between.open(world.gitHub.address);
    through(between, world);
    await world.init('platform', 'staging');
  }, patience);

  afterAll(async () => {
    await between.close();
    await world.close();
  }, 300_000);

  test.each(['platform', 'staging'])(
    'of %s is brought to its end by the next ones, which do what the messages say, and leaves what a whole one leaves',
    async (stack) => {
      const reference = await referenceOf(world, between, stack);
      const known = readRecord(record);
      const some = someCases(reference.calls, faults, count, turn);
      // A whole run takes hours: wherever it is broken off, what it did is spread over all calls and all faults.
      const cases = isWhole ? spread(some).filter((one) => !isMended(known, resultOf(stack, one))) : some;
      const results: Result[] = [];
      for (const one of cases) {
        const wrong = await wrongAfter(world, between, stack, reference, one);
        const result = { ...resultOf(stack, one), ...(wrong === undefined ? {} : { wrong }) };
        results.push(result);
        if (isWhole) {
          keep(record, reference.calls, result);
          writeFileSync(page, reportOf(readRecord(record)));
        }
        process.stdout.write(
          `  ${stack}: ${one.fault.name} at call ${one.call} of ${reference.calls}: ${wrong ?? 'mended'}\n`,
        );
      }
      // The next stack is made beside this one.
      await world.recall(reference.after);

      expect(cases.length + (isWhole ? known.results.length : 0)).toBeGreaterThan(0);
      expect(results.flatMap(({ wrong }) => wrong ?? [])).toEqual([]);
    },
  );
});
