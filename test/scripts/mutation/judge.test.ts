import { describe, expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { faultsOf, type Fault } from '../../../scripts/mutation/fault.ts';
import { judgeIn } from '../../../scripts/mutation/judge.ts';
import type { Failure } from '../../../scripts/mutation/run-tests.ts';

const code = 'export const isMore = (a: number, b: number): boolean => a > b;\n';
const [fault] = faultsOf('a.ts', code) as readonly [Fault];
const tests = Array.from({ length: 10 }, (_, i) => `test/${i}.test.ts`);

/** What a judge says where the runs of tests are made up; and which runs there were, each with or without the fault. */
async function judged(
  fails: (test: string, isFaulty: boolean) => boolean,
  broken: (isFaulty: boolean) => boolean = () => false,
) {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-judge-'));
  const file = join(folder, 'a.ts');
  writeFileSync(file, code);
  const runs: string[] = [];
  const told: string[] = [];
  const run = (asked: readonly string[]): Promise<Failure | undefined> => Promise.resolve(failureOf(asked));
  const failureOf = (asked: readonly string[]): Failure | undefined => {
    const isFaulty = readFileSync(file, 'utf8') !== code;
    runs.push(`${isFaulty ? 'with' : 'without'} ${asked.map((test) => test.replaceAll(/\D/g, '')).join(' ')}`);
    if (broken(isFaulty)) return { file: undefined, words: '(they did not end within 1 s)' };
    const failed = asked.find((test) => fails(test, isFaulty));
    return failed === undefined ? undefined : { file: failed, words: `${failed} says so` };
  };
  const judge = judgeIn({
    folder,
    textOf: () => code,
    testsOf: () => tests,
    run,
    tell: (words) => told.push(words),
  });
  const answers = [await judge(fault), await judge(fault)];
  const left = readFileSync(file, 'utf8');
  rmSync(folder, { recursive: true });
  return { answers, runs, told, left };
}

describe('a fault', () => {
  test('survives when every test passes, the nearest first, and leaves the file as it was', async () => {
    const { answers, runs, left } = await judged(() => false);

    expect(answers).toEqual([undefined, undefined]);
    expect(runs.slice(0, 3)).toEqual(['with 0 1', 'with 2 3 4 5 6 7', 'with 8 9']);
    expect(left).toBe(code);
  });

  test('is found by a test that fails with it and passes without it, which is asked once', async () => {
    const { answers, runs, told } = await judged((test, isFaulty) => isFaulty && test === tests[3]);

    expect(answers).toEqual(['test/3.test.ts says so', 'test/3.test.ts says so']);
    expect(runs).toEqual(['with 0 1', 'with 2 3 4 5 6 7', 'without 3', 'with 0 1', 'with 2 3 4 5 6 7']);
    expect(told).toEqual([]);
  });

  test('fails to be found by a test that fails without it, too: the others are asked', async () => {
    const { answers, runs, told } = await judged(
      (test, isFaulty) => test === tests[0] || (isFaulty && test === tests[4]),
    );

    expect(answers).toEqual(['test/4.test.ts says so', 'test/4.test.ts says so']);
    expect(runs.slice(0, 5)).toEqual(['with 0 1', 'without 0', 'with 1', 'with 2 3 4 5 6 7', 'without 4']);
    expect(told).toEqual(['fails without a fault, too, and is asked no more: test/0.test.ts']);
  });

  test('fails to be judged where every test fails without it, too: it has not survived', async () => {
    await expect(judged(() => true)).rejects.toThrow(
      'no test of a.ts passes without a fault, so none can say whether one is noticed; see that the tests pass and that nobody installs packages meanwhile, then: --resume',
    );
  });

  test('is found by tests that do not end with it and do without it', async () => {
    const { answers, runs } = await judged(
      () => false,
      (isFaulty) => isFaulty,
    );

    expect(answers[0]).toBe('(they did not end within 1 s)');
    expect(runs.slice(0, 2)).toEqual(['with 0 1', 'without 0 1']);
  });

  test('fails to be judged by tests that never end, with it or without', async () => {
    await expect(
      judged(
        () => false,
        () => true,
      ),
    ).rejects.toThrow(/^no test of a\.ts passes without a fault/);
  });
});
