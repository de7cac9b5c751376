import { expect, test } from '@jest/globals';
import { countOf, countsByFolder, countWords, type Outcome } from '../../../scripts/mutation/outcome.ts';

const outcome = (file: string, foundBy?: string): Outcome => ({
  number: 1,
  fault: {
    file,
    line: 1,
    code: 'f();',
    kind: 'a call is gone',
    change: 'f() → nothing',
    start: 0,
    end: 1,
    replacement: '',
  },
  foundBy,
});
const outcomes = [outcome('src/ops/a.ts', 'a test'), outcome('src/model/b/c.ts'), outcome('src/ops/d/e.ts', 'a test')];

test('what was found is counted as a whole and by folder', () => {
  expect(countOf(outcomes)).toEqual({ found: 2, all: 3 });
  expect(countsByFolder(outcomes)).toEqual([
    ['src/model', { found: 0, all: 1 }],
    ['src/ops', { found: 2, all: 2 }],
  ]);
});

test('a count is never rounded up to a bar', () => {
  expect(countWords({ found: 359, all: 399 })).toBe('359 of 399 (89 %)');
  expect(countWords({ found: 0, all: 0 })).toBe('0 of 0');
});
