import { expect, test } from '@jest/globals';
import { labelled, lastField, moved, renamed, switched } from '../../../src/objects/change/phrase.ts';

test('the last field of a path is its last step, and nothing where that is an entry of a list', () => {
  const wording = { object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } } };

  expect(lastField({ ...wording, path: ['data', 'LOG_LEVEL'] })).toBe('LOG_LEVEL');
  expect(lastField({ ...wording, path: ['spec', 'ports', { entry: 'http' }] })).toBe('');
});

test('a value that moved is told with both, one that came or went with one, and a text by its lines', () => {
  const told = ([before, after]: readonly [unknown, unknown]): string => moved('it', { before, after }, ' s');

  expect(
    (
      [
        [1, 2],
        ['a', 'b'],
        ['1', 1],
        [undefined, 3],
        [3, undefined],
        [undefined, { a: 1 }],
        [{ a: 1 }, undefined],
        [{ a: 1 }, { a: 2 }],
        [['a', 'b'], ['a']],
        [[{ a: 1 }], ['a']],
        ['a\nb', 'a\nc\n'],
      ] as const
    ).map(told),
  ).toEqual([
    'it 1 s → 2 s',
    'it a s → b s',
    'it changed',
    'it 3 s added',
    'it 3 s removed',
    'it added',
    'it removed',
    'it changed',
    'it a, b s → a s',
    'it changed',
    'it: 1 line changed, 1 added',
  ]);
});

test('an entry under another name is renamed; one that has a name only now, or none any more, is not', () => {
  const wording = { path: [], object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } } };
  const say = renamed('port');

  expect(say({ ...wording, before: 'http', after: 'web' })).toBe('port http renamed to web');
  expect(say({ ...wording, before: undefined, after: 'web' })).toBe('port name web added');
  expect(say({ ...wording, before: 'http', after: undefined })).toBe('port name http removed');
});

test('a label stands before what moved, and a switch is on only where it says so', () => {
  const wording = { path: [], object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } } };

  expect(labelled('every', ' s')({ ...wording, before: 5, after: 6 })).toBe('every 5 s → 6 s');
  expect([true, false, 'true', undefined].map((after) => switched('on', 'off')({ ...wording, after }))).toEqual([
    'on',
    'off',
    'off',
    'off',
  ]);
});
