import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { isMended, keep, readRecord, reportOf } from '../../e2e/pulumi/faults/report.ts';
import { temporaryFolder } from '../../support/git.ts';

test('a result is written down in place of an earlier one of the same case, and what was mended is not run again', () => {
  const file = join(temporaryFolder(), 'last-run.json');
  const one = { stack: 'platform', call: 7, fault: '422' };
  keep(file, 64, { ...one, wrong: 'it changed something' });

  expect(isMended(readRecord(file), one)).toBe(false);
  keep(file, 64, one);
  keep(file, 64, { ...one, call: 12 });
  expect(isMended(readRecord(file), one)).toBe(true);
  expect(isMended(readRecord(file), { ...one, stack: 'staging' })).toBe(false);
  expect(readRecord(file).results.map(({ call }) => call)).toEqual([7, 12]);
});

test('the page says how many cases there are, how many were run, and at which calls one was not mended', () => {
  const page = reportOf({
    calls: { platform: 10 },
    results: [
      { stack: 'platform', call: 1, fault: '422' },
      { stack: 'platform', call: 4, fault: '422', wrong: 'it changed something' },
    ],
  });

  expect(page).toContain('| platform | 422 | 2 of 10 | 1 | 1: calls 4 |');
  expect(page).toContain('| platform | kill -9 | 0 of 10 | 0 | 0 |');
  expect(page).toContain('2 of 90 cases were run; 1 were mended.');
});

test('docs/faults.md says what the last run found', () => {
  expect(readFileSync('docs/faults.md', 'utf8')).toBe(reportOf(readRecord('test/e2e/pulumi/faults/last-run.json')));
});
