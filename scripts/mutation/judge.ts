import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { withFault } from './fault.ts';
import type { Fault } from './fault.ts';
import type { Failure } from './run-tests.ts';

/** What a judge needs of the world. */
export interface Court {
  /** The copy of the repository that faults are put into. */
  readonly folder: string;
  /** A file's text without any fault. */
  readonly textOf: (file: string) => string;
  /** The tests that may find a fault in a file, the nearest first. */
  readonly testsOf: (file: string) => readonly string[];
  /** The first failure of some tests; undefined when all pass. */
  readonly run: (tests: readonly string[]) => Promise<Failure | undefined>;
  /** Told what is wrong with the tests themselves. */
  readonly tell: (words: string) => void;
}

/** Says which test finds a fault, as `FILE NAME`; undefined when none does. One at a time. @throws when no test can say */
export type Judge = (fault: Fault) => Promise<string | undefined>;

/** How many of the nearest tests are asked in each run: most faults are found by one of the first. */
const shares = [2, 6, Infinity];

/**
 * Puts one fault at a time into the copy and asks the tests. A test that fails without the fault, too, says nothing about
 * it: it is asked no more, and the others decide. Where none is left, nobody decides.
 */
export function judgeIn({ folder, textOf, testsOf, run, tell }: Court): Judge {
  const green = new Set<string>();
  const red = new Set<string>();

  /** Whether what failed with the fault passes without it. The file holds no fault while this runs. */
  async function passesWithout(tests: readonly string[]): Promise<boolean> {
    if (tests.every((test) => green.has(test))) return true;
    const failure = await run(tests);
    for (const test of tests) (failure === undefined ? green : red).add(test);
    if (failure !== undefined) tell(`fails without a fault, too, and is asked no more: ${tests.join(', ')}`);
    return failure === undefined;
  }

  return async (fault) => {
    const file = path.join(folder, fault.file);
    const text = textOf(fault.file);
    const tests = testsOf(fault.file);
    let left = tests.filter((test) => !red.has(test));
    let answered = tests.length === 0;
    for (const share of shares) {
      let asked = left.slice(0, share);
      left = left.slice(asked.length);
      while (asked.length > 0) {
        writeFileSync(file, withFault(text, fault));
        const failure = await runAndMend(asked, file, text);
        if (failure === undefined) {
          answered = true;
          break;
        }
        const failed = failure.file === undefined ? asked : [failure.file];
        if (await passesWithout(failed)) return failure.words;
        asked = asked.filter((test) => !red.has(test));
      }
    }
    if (!answered)
      throw new Error(
        `no test of ${fault.file} passes without a fault, so none can say whether one is noticed; see that the tests pass and that nobody installs packages meanwhile, then: --resume`,
      );
    return undefined;
  };

  async function runAndMend(tests: readonly string[], file: string, text: string): Promise<Failure | undefined> {
    try {
      return await run(tests);
    } finally {
      writeFileSync(file, text);
    }
  }
}
