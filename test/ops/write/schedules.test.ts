import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { readHistory } from '../../../src/ops/history/read-history.ts';
import { promote } from '../../../src/ops/promote/promote.ts';
import { gitIn, temporaryFolder } from '../../support/git.ts';
import { expectWhole, isLinear } from '../support/branch-invariants.ts';
import { build, fakeRender, opsContext } from '../support/fake-ops.ts';
import { act, expectLawful, HONEST, play } from '../support/schedule.ts';
import fc from '../../support/properties.ts';
import '../../support/patience.ts';

/** A repository in which release 2 runs, and release 4 on top of it: something to go back to. */
let start = '';
beforeAll(async () => {
  const context = await opsContext({ rendering: { level: 'level-1' } });
  await promote(context, build(2));
  await promote(context, build(4));
  start = context.bare;
});

describe('any schedule of writers, programs, crashes and clocks', () => {
  test('never goes back by accident, loses nothing, and leaves a whole rendering', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 2, maxLength: 5 }), async (schedule) => {
        const bare = join(temporaryFolder(), 'ops.git');
        cpSync(start, bare, { recursive: true });
        const context = await opsContext({ bare });

        const ends = await Promise.all(schedule.map((it) => play(context, it)));

        expect(ends.filter((end) => !HONEST.has(end))).toEqual([]);
        const { entries, unreadable } = await readHistory(
          context.repository,
          gitIn(context.bare, 'rev-parse', 'env/dev'),
        );
        expect(unreadable).toEqual([]);
        expect(isLinear(context.bare)).toBe(true);
        entries.forEach(({ record }, i) => {
          const before = entries[i + 1];
          expect(record.change.follows?.commit).toBe(before?.commit);
          if (before !== undefined) expectLawful(before.record, record);
        });
        const tip = entries[0]!.record.program.commit!;
        await expectWhole({
          ...context,
          render: fakeRender({ level: `level-${Number.parseInt(tip.slice(0, 12), 16)}` }),
        });
        // Nobody who was told that it landed was overwritten: every change is in the history.
        const landed = ends.filter((end) => end === 'updated').length;
        expect(entries.length - 2).toBeGreaterThanOrEqual(landed);
      }),
      { numRuns: 200 },
    );
  }, 600_000);
});
