import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { readHistory } from '../../../src/ops/history/read-history.ts';
import { hold, unhold } from '../../../src/ops/hold/hold.ts';
import type { OpsContext, OpsStep } from '../../../src/ops/ops-context.ts';
import { OpsError } from '../../../src/ops/ops-error.ts';
import { promote } from '../../../src/ops/promote/promote.ts';
import { publish } from '../../../src/ops/publish/publish.ts';
import type { ReleaseRecord } from '../../../src/ops/release/release-record.ts';
import { rollback } from '../../../src/ops/rollback/rollback.ts';
import type { Written } from '../../../src/ops/written/written.ts';
import { gitIn, temporaryFolder } from '../../support/git.ts';
import { expectWhole, isLinear } from '../support/branch-invariants.ts';
import { build, fakeRender, opsContext, program } from '../support/fake-ops.ts';
import fc from '../../support/properties.ts';
import '../../support/patience.ts';

/** One run of a command in a schedule. */
interface Act {
  readonly what: 'promote' | 'publish' | 'rollback' | 'hold' | 'unhold';
  /** Number of the release, for a promotion. */
  readonly release: number;
  /** Number of the program that is checked out. */
  readonly program: number;
  readonly automatic: boolean;
  /** Milliseconds before it starts, and that its rendering takes: who meets whom. */
  readonly starts: number;
  readonly renders: number;
  /** Step at which it dies. */
  readonly dies: OpsStep['name'] | undefined;
  /** Seconds by which its clock is wrong. */
  readonly clock: number;
}

const act: fc.Arbitrary<Act> = fc.record({
  what: fc.constantFrom('promote', 'promote', 'promote', 'publish', 'publish', 'rollback', 'hold', 'unhold'),
  release: fc.integer({ min: 1, max: 6 }),
  program: fc.integer({ min: 1, max: 3 }),
  automatic: fc.boolean(),
  starts: fc.nat(60),
  renders: fc.nat(20),
  dies: fc.option(fc.constantFrom('read', 'render', 'write', 'land', 'landed'), { nil: undefined, freq: 6 }),
  clock: fc.integer({ min: -100_000, max: 100_000 }),
});

/** Ends that are not failures of this program: it did it, had no need to, or said why not. */
const HONEST = new Set([
  'created',
  'updated',
  'unchanged',
  'superseded',
  'held',
  'older-program',
  'no-branch',
  'not-found',
  'died',
]);

class Died extends Error {}

async function play(context: OpsContext, { what, dies, ...it }: Act): Promise<string> {
  await new Promise((done) => setTimeout(done, it.starts));
  const render = fakeRender({ level: `level-${it.program}` });
  const own: OpsContext = {
    ...context,
    program: program(it.program),
    requester: { actor: it.automatic ? 'ci' : 'alice', automatic: it.automatic },
    clock: () => new Date(Date.UTC(2026, 0, 31) + it.clock * 1000),
    render: async (...args) => {
      await new Promise((done) => setTimeout(done, it.renders));
      return render(...args);
    },
    onStep: ({ name }) => {
      if (name === dies) throw new Died();
    },
  };
  const doing: Readonly<Record<Act['what'], () => Promise<Written>>> = {
    promote: () => promote(own, build(it.release)),
    publish: () => publish(own, { environment: 'dev' }),
    rollback: () => rollback(own, { environment: 'dev' }),
    hold: () => hold(own, { environment: 'dev', reason: `hold ${it.release}` }),
    unhold: () => unhold(own, { environment: 'dev' }),
  };
  return doing[what]().then(
    ({ outcome }) => outcome,
    (error: unknown) => (error instanceof Died ? 'died' : error instanceof OpsError ? error.code : String(error)),
  );
}

const tagOf = ({ applications }: Pick<ReleaseRecord, 'applications'>): string =>
  applications['shop']?.images['orders']?.tag ?? '';

/** What may follow what on a branch. */
function expectLawful(before: ReleaseRecord, after: ReleaseRecord): void {
  const { change } = after;
  if (change.kind === 'rollback') {
    expect(after.holds.length).toBeGreaterThan(0);
    return;
  }
  expect(tagOf(after) >= tagOf(before)).toBe(true);
  expect((after.program.commit ?? '') >= (before.program.commit ?? '')).toBe(true);
  if (change.kind === 'publish') expect([before.holds, tagOf(after)]).toEqual([[], tagOf(before)]);
  if (change.kind !== 'promote') return;
  expect(after.holds).toEqual([]);
  if (change.automatic === true) {
    for (const held of before.holds) {
      expect(held.kind).toBe('rollback');
      if (held.kind === 'rollback') expect(tagOf(after) > tagOf(held.of)).toBe(true);
    }
  } else if (before.holds.length > 0) expect(tagOf(after) > tagOf(before)).toBe(true);
}

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
