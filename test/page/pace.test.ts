import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { arrivalsOf } from '../../src/page/pace/arrivals.ts';
import { paceOf } from '../../src/page/pace/pace-of.ts';
import { spreadOf } from '../../src/page/pace/spread.ts';
import { page, state, unit } from './made-up-page.ts';

const hour = 3_600_000;

const dev = unit('dev', [
  state('publish', '2026-01-05T10:00:00Z', 'v1.0.0'),
  state('promote', '2026-01-06T10:00:00Z', 'v1.1.0', { sources: ['a'.repeat(40)] }),
  state('publish', '2026-01-06T11:00:00Z', 'v1.1.0'),
  state('promote', '2026-01-13T10:00:00Z', 'v1.2.0', { sources: ['b'.repeat(40)] }),
]);
const promoted = dev.states.find(({ change, to }) => change === 'promote' && to === 'v1.1.0');
const prod = unit('prod', [
  state('publish', '2026-01-05T10:00:00Z', 'v1.0.0'),
  state('promote', '2026-01-07T16:00:00Z', 'v1.1.0', {
    sources: ['a'.repeat(40)],
    origin: { kind: 'promotion', from: [{ environment: 'dev', commit: promoted?.commit ?? '' }] },
  }),
  state('rollback', '2026-01-07T18:30:00Z', 'v1.0.0'),
  state('hold', '2026-01-07T18:31:00Z', 'v1.0.0', { holds: ['broken'] }),
]);
const whole = page([dev, prod], { sourceTimes: new Map([['a'.repeat(40), '2026-01-06T08:00:00Z']]) });

describe('the pace of releases', () => {
  test('counts what came, not what was rendered again, held or brought back', () => {
    expect(arrivalsOf(whole).map(({ unit: name, release }) => `${name} ${release}`)).toEqual([
      'dev v1.0.0',
      'prod v1.0.0',
      'dev v1.1.0',
      'prod v1.1.0',
      'dev v1.2.0',
    ]);
  });

  test('measures from the source commit, where its time is known, and says of how many it is not', () => {
    const [ofDev, ofProd] = paceOf(whole);

    expect(ofDev).toMatchObject({ leadTime: { count: 1, median: 2 * hour }, withoutLeadTime: 2 });
    expect(ofProd).toMatchObject({ leadTime: { count: 1, median: 32 * hour }, withoutLeadTime: 1 });
  });

  test('measures the wait from when the environment before had the release', () => {
    expect(paceOf(whole)[1]?.waited).toMatchObject({ count: 1, median: 30 * hour });
    expect(paceOf(whole)[0]?.waited).toBeUndefined();
  });

  test('takes a rollback as the failure of what it took away, and its time as the restoring', () => {
    expect(paceOf(whole)[1]).toMatchObject({ failed: 1, restored: { count: 1, median: 2.5 * hour } });
    expect(paceOf(whole)[0]).toMatchObject({ failed: 0 });
  });

  test('has every week from the first arrival to the time of the page, from Monday', () => {
    expect(
      paceOf(whole)[0]?.weeks.map(({ start, arrivals }) => [new Date(start).toISOString().slice(0, 10), arrivals]),
    ).toEqual([
      ['2026-01-05', 2],
      ['2026-01-12', 1],
      ['2026-01-19', 0],
      ['2026-01-26', 0],
    ]);
  });

  test('fails nothing that another release replaced before somebody went back', () => {
    const replaced = unit('prod', [
      state('publish', '2026-01-05T10:00:00Z', 'v1'),
      state('promote', '2026-01-06T10:00:00Z', 'v2'),
      state('promote', '2026-01-07T10:00:00Z', 'v3'),
      state('rollback', '2026-01-08T10:00:00Z', 'v1'),
    ]);

    expect(arrivalsOf(page([replaced])).map(({ release, restoredAfter }) => [release, restoredAfter])).toEqual([
      ['v1', undefined],
      ['v2', undefined],
      ['v3', 24 * hour],
    ]);
  });

  test('does not guess a wait whose beginning is not on record', () => {
    const unknown = unit('prod', [
      state('promote', '2026-01-07T16:00:00Z', 'v1', {
        origin: { kind: 'promotion', from: [{ environment: 'dev', commit: 'f'.repeat(40) }] },
      }),
    ]);

    expect(arrivalsOf(page([dev, unknown])).at(-2)?.waited).toBeUndefined();
  });

  test('lies between its quarters, whatever the values', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 1 }), (values) => {
        const spread = spreadOf(values);
        expect(spread?.count).toBe(values.length);
        expect(Math.min(...values)).toBeLessThanOrEqual(spread?.lower ?? -1);
        expect(spread?.lower).toBeLessThanOrEqual(spread?.median ?? -1);
        expect(spread?.median).toBeLessThanOrEqual(spread?.upper ?? -1);
        expect(spread?.upper).toBeLessThanOrEqual(Math.max(...values));
      }),
    );
    expect(spreadOf([])).toBeUndefined();
  });
});
