import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';

/** Minutes that everything may take on a cold machine with two cores. */
const most = 75;

/** Names of the steps of `.ci/run`, in their order. */
const stepsIn = (script: string): readonly string[] =>
  [...script.matchAll(/^ *step (?:'([^']*)'|"([^"]*)")/gm)].map(([, single, double]) => single ?? double ?? '');

/** Minutes of each step, by its name, in the order of the table. */
const minutesIn = (page: string): ReadonlyMap<string, number> =>
  new Map([...page.matchAll(/^\| (.+?) \| (\d+) \|/gm)].map(([, step = '', minutes]) => [step, Number(minutes)]));

/** What the table of times and the steps have against each other. */
function problemsOf(script: string, page: string): readonly string[] {
  const [steps, minutes] = [stepsIn(script), minutesIn(page)];
  const sum = [...minutes.values()].reduce((total, one) => total + one, 0);
  return [
    ...steps.filter((step) => !minutes.has(step)).map((step) => `${step}: needs a row, with the minutes it may take`),
    ...[...minutes.keys()].filter((step) => !steps.includes(step)).map((step) => `${step}: is no step`),
    ...(sum <= most ? [] : [`all steps together: must take at most ${most} minutes, got ${sum}`]),
  ];
}

const read = (path: string): string => readFileSync(path, 'utf8');

describe('the steps of CI', () => {
  test('are in the table of what each may take, which is 75 minutes in all', () => {
    expect(stepsIn(read('.ci/run')).length).toBeGreaterThan(10);
    expect(problemsOf(read('.ci/run'), read('docs/ci.md'))).toEqual([]);
  });

  test('fails for a step without a row, for a row without a step, and for more minutes than there are', () => {
    const script = "step 'lint' lint\nstep \"somebody's tests\" tests\n";

    expect(problemsOf(script, '| lint | 70 | |\n| gone | 6 | |\n')).toEqual([
      "somebody's tests: needs a row, with the minutes it may take",
      'gone: is no step',
      'all steps together: must take at most 75 minutes, got 76',
    ]);
  });
});
