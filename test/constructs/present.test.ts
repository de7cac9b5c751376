import { expect, test } from '@jest/globals';
import { present } from '../../src/constructs/present.ts';

test('present leaves out what is undefined, and nothing else', () => {
  expect(Object.keys(present({ a: undefined, b: false, c: 0, d: '', e: null }))).toEqual(['b', 'c', 'd', 'e']);
});
