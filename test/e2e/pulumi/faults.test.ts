import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { EngineWorld, patience, stacks } from './engine/engine-world.ts';
import { onTheEngine } from './engine/needs.ts';
import { Between } from './faults/between.ts';
import { allCases, referenceOf, wrongAfter, type Case } from './faults/broken-off.ts';
import { commitOfTheProgram } from './faults/commit-of-the-program.ts';
import { faults } from './faults/fault.ts';
import { inTurn, isAnew, isWhole, spread, turn } from './faults/in-turn.ts';
import { isMended, keep, page, readRecord, record, reportOf } from './faults/report.ts';
import { through } from './faults/through.ts';

/** How many cases of a stack are run: one, which is another every hour, or all, by `npm run faults`. */
const count = isWhole ? Number.POSITIVE_INFINITY : Number(process.env['PORTOLAN_FAULTS'] ?? '1');

jest.setTimeout(isWhole ? 86_400_000 : 1_800_000);

const named = ({ call, fault }: Case): string => `${call} ${fault.name}`;

onTheEngine('an update that breaks off at any call of GitHub', () => {
  let world: EngineWorld;
  let between: Between;

  beforeAll(async () => {
    world = await EngineWorld.open();
    between = await Between.open(world.gitHub.address);
    through(between, world);
    await world.init(...stacks);
  }, patience);

  afterAll(async () => {
    await between.close();
    await world.close();
  });

  test.each(stacks)(
    'of %s is brought to its end by the next ones, which do what the messages say, and leaves what a whole one leaves',
    async (stack) => {
      const commit = isWhole ? commitOfTheProgram() : '';
      const reference = await referenceOf(world, between, stack);
      const all = allCases(reference.calls, faults);
      const known = readRecord(record);
      const done = ({ call, fault }: Case): boolean => isMended(known, { stack, call, fault: fault.name });
      const cases = isWhole ? spread(all, named).filter((one) => isAnew || !done(one)) : inTurn(all, count);
      process.stdout.write(`  ${stack}: ${cases.length} of ${all.length} cases, of turn ${turn}\n`);
      const wrong: string[] = [];
      for (const one of cases) {
        const said = await wrongAfter(world, between, stack, reference, one);
        if (said !== undefined) wrong.push(said);
        if (isWhole) {
          const result = { stack, call: one.call, fault: one.fault.name, commit };
          keep(record, reference.calls, said === undefined ? result : { ...result, wrong: said });
          writeFileSync(page, reportOf(readRecord(record)));
        }
        process.stdout.write(
          `  ${stack}: ${one.fault.name} at call ${one.call} of ${reference.calls}: ${said ?? 'mended'}\n`,
        );
      }
      // The next stack is made beside this one.
      await world.recall(reference.after);

      expect(cases.length + (isWhole ? known.results.length : 0)).toBeGreaterThan(0);
      expect(wrong).toEqual([]);
    },
  );
});
