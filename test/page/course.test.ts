import { describe, expect, test } from '@jest/globals';
import { eventKind, heldTimes } from '../../src/page/course/course-events.ts';
import { state, unit } from './made-up-page.ts';

describe('the course of a unit', () => {
  const held = unit('prod', [
    state('publish', '2026-01-05T10:00:00Z', 'v1'),
    state('hold', '2026-01-06T10:00:00Z', 'v1', { holds: ['night'] }),
    state('hold', '2026-01-06T12:00:00Z', 'v1', { holds: ['night', 'audit'] }),
    state('unhold', '2026-01-07T10:00:00Z', 'v1'),
    state('rollback', '2026-01-08T10:00:00Z', 'v0', { holds: ['broken'] }),
  ]);

  test('has the times in which it was held, with each reason once; the last one may last still', () => {
    expect(heldTimes(held)).toEqual([
      { from: Date.parse('2026-01-06T10:00:00Z'), to: Date.parse('2026-01-07T10:00:00Z'), reasons: ['night', 'audit'] },
      { from: Date.parse('2026-01-08T10:00:00Z'), reasons: ['broken'] },
    ]);
  });

  test('shows the first state as such, and what went past a gate before anything else', () => {
    expect(held.states.toReversed().map(eventKind)).toEqual(['first', 'hold', 'hold', 'unhold', 'rollback']);
    expect(eventKind(state('promote', '2026-01-05T10:00:00Z', 'v2', { from: 'v1', emergency: 'fire' }))).toBe(
      'emergency',
    );
  });
});
