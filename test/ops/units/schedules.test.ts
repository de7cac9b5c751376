import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { readHistory } from '../../../src/ops/history/read-history.ts';
import { promote } from '../../../src/ops/promote/promote.ts';
import { publish } from '../../../src/ops/publish/publish.ts';
import { gitIn, temporaryFolder } from '../../support/git.ts';
import { severalApplications } from '../../support/several-applications.ts';
import { expectWhole, isLinear } from '../support/branch-invariants.ts';
import { opsContext } from '../support/fake-ops.ts';
import { act, buildOf, expectLawful, HONEST, play, smallRender, type Act } from '../support/schedule.ts';
import fc from '../../support/properties.ts';
import '../../support/patience.ts';

const names = ['shop', 'bank'] as const;
const delivery = severalApplications(names);

/** Schedules that are tried; more of them with `SCHEDULES=1000`. */
const schedules = Number(process.env['SCHEDULES'] ?? '40');

/** Milliseconds for them all, on a machine that does other things too. */
const patience = Math.max(1_800_000, schedules * 20_000);

const actOnOne: fc.Arbitrary<Act> = fc
  .tuple(act, fc.constantFrom(...names))
  .map(([one, application]) => ({ ...one, application }));

/** A repository in which release 2 of each application runs, and release 4 on top of it. */
let start = '';
beforeAll(async () => {
  const context = await opsContext({ delivery, render: smallRender(1) });
  await publish(context, { environment: 'dev' });
  for (const application of names) for (const release of [2, 4]) await promote(context, buildOf(application, release));
  start = context.bare;
});

describe('any schedule of writers to two applications, with programs, crashes and clocks', () => {
  test(
    'keeps the history of each to itself, never goes back by accident, and leaves a whole rendering of both',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(actOnOne, { minLength: 2, maxLength: 6 }), async (schedule) => {
          const bare = join(temporaryFolder(), 'ops.git');
          cpSync(start, bare, { recursive: true });
          const context = await opsContext({ bare, delivery, render: smallRender(1) });
          const shared = gitIn(bare, 'rev-parse', 'env/dev');

          const ends = await Promise.all(
            schedule.map(async (it) => ({ on: it.application, end: await play(context, it, smallRender) })),
          );

          expect(ends.map(({ end }) => end).filter((end) => !HONEST.has(end))).toEqual([]);
          expect(gitIn(bare, 'rev-parse', 'env/dev')).toBe(shared);
          for (const application of names) {
            const branch = `app/dev/${application}`;
            const { entries, unreadable } = await readHistory(context.repository, gitIn(bare, 'rev-parse', branch));
            expect(unreadable).toEqual([]);
            expect(isLinear(bare, branch)).toBe(true);
            entries.forEach(({ record }, i) => {
              const before = entries[i + 1];
              expect(Object.keys(record.applications)).toEqual([application]);
              expect(record.change).toMatchObject({ application });
              expect(record.change.follows?.commit).toBe(before?.commit);
              if (before !== undefined) expectLawful(before.record, record);
            });
            const rendered = Number.parseInt((entries[0]?.record.program.commit ?? '').slice(0, 12), 16);
            await expectWhole({ ...context, render: smallRender(rendered) }, application);
            // Nobody who was told that it landed was overwritten, by a writer to either application.
            const landed = ends.filter(({ on, end }) => on === application && end === 'updated').length;
            expect(entries.length - 2).toBeGreaterThanOrEqual(landed);
          }
        }),
        { numRuns: schedules },
      );
    },
    patience,
  );
});
