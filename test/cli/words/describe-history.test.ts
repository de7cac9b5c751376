import { describe, expect, test } from '@jest/globals';
import { stripVTControlCharacters } from 'node:util';
import { describeHistory } from '../../../src/cli/words/describe-history.ts';
import type { HistoryLine } from '../../../src/ops/history/history-line.ts';

const least: HistoryLine = {
  commit: 'a'.repeat(40),
  at: '2026-01-31T10:00:00Z',
  change: 'publish',
  to: 'v1.0.0',
  by: 'ann',
  automatic: false,
  origin: { kind: 'program' } as unknown as HistoryLine['origin'],
  holds: [],
};
const said = (change: Partial<HistoryLine>): string =>
  stripVTControlCharacters(describeHistory({ ...least, ...change }));
const start = '2026-01-31T10:00:00Z  aaaaaaaaaaaa';

describe('a line of the history', () => {
  test('says when, which commit, what and by whom, and nothing that is not known', () => {
    expect(said({})).toBe(`${start}  publish  v1.0.0  by ann`);
  });

  test('names the release before, where it is another', () => {
    expect(said({ from: 'v0.9.0' })).toBe(`${start}  publish  v0.9.0 → v1.0.0  by ann`);
    expect(said({ from: 'v1.0.0' })).toBe(`${start}  publish  v1.0.0  by ann`);
  });

  test('names where a promotion came from, and where a rollback went', () => {
    const origin = (value: object): HistoryLine['origin'] => value as HistoryLine['origin'];
    const from = [{ environment: 'dev' }, { environment: 'test' }];

    expect(said({ change: 'promote', origin: origin({ kind: 'promotion', from }) })).toBe(
      `${start}  promote  v1.0.0 from dev, test  by ann`,
    );
    expect(said({ change: 'rollback', origin: origin({ kind: 'rollback', to: { commit: 'b'.repeat(40) } }) })).toBe(
      `${start}  rollback v1.0.0 to bbbbbbbbbbbb  by ann`,
    );
    expect(said({ change: 'publish', origin: origin({ kind: 'promotion', from }) })).toBe(
      `${start}  publish  v1.0.0  by ann`,
    );
    expect(said({ change: 'hold', origin: origin({ kind: 'rollback', to: { commit: 'b'.repeat(40) } }) })).toBe(
      `${start}  hold     v1.0.0  by ann`,
    );
  });

  test('says which sources it was built from, where the release is not called after them', () => {
    const sources = ['c'.repeat(40), 'd'.repeat(40)];

    expect(said({ sources })).toBe(`${start}  publish  v1.0.0  by ann; built from cccccccccccc and dddddddddddd`);
    expect(said({ to: 'cccccccccccc', sources: sources.slice(0, 1) })).toBe(`${start}  publish  cccccccccccc  by ann`);
  });

  test('has every note that there is, in its order', () => {
    expect(
      said({
        automatic: true,
        run: 'https://github.com/acme/shop/actions/runs/1',
        program: 'c'.repeat(40),
        holds: ['the sale', 'the night'],
        emergency: 'the shop is down',
      }),
    ).toBe(
      `${start}  publish  v1.0.0  by ann (a run); https://github.com/acme/shop/actions/runs/1; program cccccccccccc; held: the sale; held: the night; emergency: the shop is down`,
    );
  });
});
