import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { equivalents } from '../../../scripts/mutation/equivalents.ts';
import { faultsOf, type Fault } from '../../../scripts/mutation/fault.ts';
import { keptRun } from '../../../scripts/mutation/kept-run.ts';
import {
  askedAgain,
  judgedOf,
  judgedSoFar,
  withResult,
  type Judged,
  type MutationRecord,
} from '../../../scripts/mutation/record.ts';

const root = new URL('../../../', import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, root), 'utf8');

const kept = (change: string, more: Partial<Judged> = {}): Judged => ({
  file: 'src/ops/a.ts',
  line: 1,
  kind: 'true is false',
  change,
  ...more,
});
const record: MutationRecord = {
  seed: 7,
  count: 6,
  tests: 12,
  versions: ['Node.js 20.1.0', 'jest 30.0.0'],
  commit: 'abc1234',
  judged: [
    kept('a → b', { foundBy: 'test/ops/a.test.ts says so' }),
    kept('c → d', { laterFoundBy: 'test/ops/c.test.ts says so' }),
    kept('e || f → e', { file: 'src/cli/a.ts' }),
    kept('g → h', { equivalent: 'the slow way does the same' }),
    kept('i → j', { file: 'src/cli/a.ts', gone: true }),
  ],
};

describe('what is written of a run', () => {
  test('counts what was found at first and since, without equivalents, and names each survivor', () => {
    expect(withResult('# Faults\n\n## Last result\nold\n', record)).toBe(
      [
        '# Faults',
        '',
        '## Last result',
        'Written by `npm run mutate -- --write`, and by `--again` after tests were added.',
        '',
        '- Seed 7, 12 test files asked at most, at abc1234, with Node.js 20.1.0, jest 30.0.0.',
        '- 5 of the 6 that were meant to be drawn; 1 of them equivalent: nobody could tell.',
        '- **1 of 4 (25 %) found** by the tests as they were.',
        '- 2 of 4 (50 %) found with the tests that were written for the survivors.',
        '',
        '| folder | found as they were |',
        '|---|---|',
        '| `src/cli` | 0 of 2 (0 %) |',
        '| `src/ops` | 1 of 2 (50 %) |',
        '',
        '| survivor | change | since |',
        '|---|---|---|',
        '| `src/ops/a.ts:1` | true is false: `c → d` | found by test/ops/c.test.ts says so |',
        '| `src/cli/a.ts:1` | true is false: `e \\|\\| f → e` | survives |',
        '| `src/ops/a.ts:1` | true is false: `g → h` | equivalent: the slow way does the same |',
        '| `src/cli/a.ts:1` | true is false: `i → j` | its code was rewritten |',
        '',
      ].join('\n'),
    );
  });

  test('stands in the document as it was kept', () => {
    const document = read('docs/mutation.md');

    expect(withResult(document, keptRun(root.pathname))).toBe(document);
  });
});

describe('a run that was stopped', () => {
  const { judged, ...run } = record;

  test('goes on after what it judged', () => {
    expect(judgedSoFar(record, { ...run, count: 60 })).toEqual(judged);
  });

  test('goes on where Git needs more digits for the same commit by now, or fewer', () => {
    expect(judgedSoFar(record, { ...run, commit: 'abc1234f' })).toEqual(judged);
    expect(judgedSoFar({ ...record, commit: 'abc1234f' }, run)).toEqual(judged);
  });

  test.each([{ seed: 8 }, { tests: 20 }, { commit: 'def5678' }])('fails to go on as another: %j', (other) => {
    expect(() => judgedSoFar(record, { ...run, ...other })).toThrow(
      'the run that was kept is another (seed 7, 12 tests, at abc1234)',
    );
  });
});

describe('a survivor that is asked about again', () => {
  const code = 'const a = true;\nconst b = [c, true];\n\nconst d = true;\n';
  const faults = faultsOf('src/ops/a.ts', code);
  const survivor = judgedOf({ number: 1, fault: faults.find(({ line }) => line === 4)!, foundBy: undefined });

  test('is judged at the nearest line that has it', async () => {
    const asked: number[] = [];

    const answer = await askedAgain({ ...survivor, line: 5 }, faults, ({ line }) => {
      asked.push(line);
      return Promise.resolve('a test');
    });

    expect(asked).toEqual([4]);
    expect(answer).toEqual({ ...survivor, line: 5, laterFoundBy: 'a test' });
  });

  test('fails to be found where the tests say nothing', async () => {
    expect(await askedAgain({ ...survivor, gone: true }, faults, () => Promise.resolve(undefined))).toEqual(survivor);
  });

  test('is not asked when a test found it since', async () => {
    const found = { ...survivor, laterFoundBy: 'a test' };

    expect(await askedAgain(found, faults, () => Promise.resolve('another test'))).toEqual(found);
  });

  test('is judged where its code moved to, and gone where that is not one place', async () => {
    const elsewhere = faults.map((fault) => ({ ...fault, file: 'src/ops/b.ts' }));
    const [one] = elsewhere as [Fault];

    expect(await askedAgain(survivor, [one], () => Promise.resolve('a test'))).toEqual({
      ...survivor,
      laterFoundBy: 'a test',
    });
    expect(await askedAgain(survivor, elsewhere, () => Promise.resolve('a test'))).toEqual({ ...survivor, gone: true });
    expect(await askedAgain(survivor, [], () => Promise.resolve('a test'))).toEqual({ ...survivor, gone: true });
  });

  test('is an equivalent once somebody judged so', async () => {
    const [known] = equivalents as readonly [(typeof equivalents)[number]];
    const here = faultsOf(known.file, read(known.file)).find(
      ({ code: line, change }) => line === known.code && change === known.change,
    )!;

    expect(
      await askedAgain(judgedOf({ number: 1, fault: here, foundBy: undefined }), [here], () =>
        Promise.resolve('a test'),
      ),
    ).toMatchObject({
      equivalent: known.why,
    });
  });
});

test.each(equivalents.map((known) => [known.file, known.code, known] as const))(
  'the equivalent in %s, %s, is one fault of the code as it is',
  (file, code, { change }) => {
    const same = faultsOf(file, read(file)).filter((fault) => fault.code === code && fault.change === change);

    expect(same).toHaveLength(1);
  },
);
