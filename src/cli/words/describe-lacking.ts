import { describeProblem, type Problem } from '../../model/problem.ts';

/** What workflows lack, where that keeps nothing else from being done: they are left out of what is written on this machine. */
export const describeLacking = (problems: readonly Problem[]): readonly string[] =>
  problems.length === 0
    ? []
    : [
        '',
        'The generated workflows are left out, because they lack credentials; "npx portolan check" fails until they are declared:',
        ...problems.map((problem) => `  ${describeProblem(problem)}`),
      ];
