import { expect, test } from '@jest/globals';
import { failureIn } from '../../../scripts/mutation/run-tests.ts';

test('the first failure of a report is named with its file', () => {
  const report =
    'PASS test/a.test.ts\nFAIL test/b.test.ts (5.1 s)\n  ● b › does c\n\n    expect(d)\n\n  ● b › does e\n';

  expect(failureIn(report)).toEqual({ file: 'test/b.test.ts', words: 'test/b.test.ts b › does c' });
});

test('a run that ends without a report says its last words', () => {
  expect(failureIn('at x\nSegmentation fault\n')).toEqual({
    file: undefined,
    words: '(they broke off: Segmentation fault)',
  });
});
