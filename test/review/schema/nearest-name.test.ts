import { expect, test } from '@jest/globals';
import { nearestName } from '../../../src/review/schema/nearest-name.ts';

const fields = ['replicas', 'paused', 'selector', 'template', 'strategy', 'revisionHistoryLimit'];

test.each([
  ['replicaz', 'replicas'],
  ['Replicas', 'replicas'],
  ['replica', 'replicas'],
  ['repilcas', 'replicas'],
  ['selectors', 'selector'],
  ['revisionHistorylimits', 'revisionHistoryLimit'],
])('%s most likely means %s', (name, meant) => {
  expect(nearestName(name, fields)).toBe(meant);
});

test.each(['schedule', 'ps', ''])('fails to find a name near "%s"', (name) => {
  expect(nearestName(name, fields)).toBeUndefined();
});

test('the first of two equally near names is taken', () => {
  expect(nearestName('name', ['nama', 'namo'])).toBe('nama');
});
