import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { isMended, keep, page, readRecord, record, reportOf } from '../../e2e/pulumi/faults/report.ts';
import { temporaryFolder } from '../../support/git.ts';

const commit = '0a1b2c3d4e5f';

test('a result is written down in place of an earlier one of the same case, and what ended well is not run again', () => {
  const file = join(temporaryFolder(), 'last-run.json');
  const one = { stack: 'platform', call: 7, fault: '422', commit };
  keep(file, 64, { ...one, wrong: 'it changed something' });

  expect(isMended(readRecord(file), one)).toBe(false);
  keep(file, 64, one);
  keep(file, 64, { ...one, call: 12 });
  expect(isMended(readRecord(file), one)).toBe(true);
  expect(isMended(readRecord(file), { ...one, stack: 'staging' })).toBe(false);
  expect(readRecord(file).results.map(({ call }) => call)).toEqual([7, 12]);
});

test('a state that was lost is written down beside the calls, by the step that it was lost from', () => {
  const file = join(temporaryFolder(), 'last-run.json');
  const one = { stack: 'platform', step: 7, commit };
  keep(file, 35, { ...one, wrong: 'it changed something' });
  keep(file, 64, { stack: 'platform', call: 7, fault: '422', commit });

  expect(isMended(readRecord(file), one)).toBe(false);
  keep(file, 35, one);
  keep(file, 35, { ...one, step: 0 });
  expect(isMended(readRecord(file), one)).toBe(true);
  expect(isMended(readRecord(file), { ...one, step: 8 })).toBe(false);
  expect(readRecord(file).losses.map(({ step }) => step)).toEqual([0, 7]);
  expect(readRecord(file).results).toHaveLength(1);
});

test('the page says how many cases there are, how many were run, which did not end well, and of which program', () => {
  const text = reportOf({
    calls: { platform: 10 },
    results: [
      { stack: 'platform', call: 1, fault: '422', commit },
      { stack: 'platform', call: 4, fault: '422', commit, wrong: 'it changed something' },
    ],
    steps: { staging: 29 },
    losses: [
      { stack: 'staging', step: 3, commit: '111122223333' },
      { stack: 'staging', step: 8, commit, wrong: 'it changed something' },
    ],
  });

  expect(text).toContain('| platform | 422 | 2 of 10 | 1 | 4 |');
  expect(text).toContain('| platform | kill -9 | 0 of 10 | 0 | none |');
  expect(text).toContain('2 of 100 were run; 1 ended well. Of staging and production none was run yet.');
  expect(text).toContain('| staging | 2 of 29 | 1 | 8 |');
  expect(text).toContain('2 of 29 were run; 1 ended well. Of platform and production none was run yet.');
  expect(text).toContain('The program was that of `0a1b2c3d4e5f`, `111122223333`.');
});

test('docs/faults.md says what the last run found, of every stack, and nothing that did not end well', () => {
  const found = readRecord(record);

  expect(readFileSync(page, 'utf8')).toBe(reportOf(found));
  expect([...found.results, ...found.losses].filter(({ wrong }) => wrong !== undefined)).toEqual([]);
});
