import { expect, test } from '@jest/globals';
import type { Fault } from '../../../scripts/mutation/fault.ts';
import { sampleOf } from '../../../scripts/mutation/sample.ts';

const faultAt = (file: string, line: number, replacement = ''): Fault => ({
  file,
  line,
  code: 'f();',
  kind: 'a call is gone',
  change: 'f() → nothing',
  start: 0,
  end: 1,
  replacement,
});
const faults = Array.from({ length: 50 }, (_, i) => faultAt('src/a.ts', i));

test('a sample is the same for the same seed, and another for another', () => {
  expect([...sampleOf(faults, 7)]).toEqual([...sampleOf(faults, 7)]);
  expect([...sampleOf(faults, 7)]).not.toEqual([...sampleOf(faults, 8)]);
});

test('a sample takes every line once', () => {
  const sample = [...sampleOf([...faults, faultAt('src/a.ts', 3, 'other'), faultAt('src/b.ts', 3)], 1)];

  expect(sample.map(({ file, line }) => `${file}:${line}`).sort()).toEqual(
    [...faults, faultAt('src/b.ts', 3)].map(({ file, line }) => `${file}:${line}`).sort(),
  );
});
