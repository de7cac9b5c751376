import { oncePerCause, ProblemsError } from '../model/problem.ts';

/**
 * Several things at once that people can mend: what was found comes before what kept the rest from being looked at. What is wrong with one
 * thing is told once, wherever it was found.
 */
export class SeveralFailures extends Error {
  readonly failures: readonly Error[];

  constructor(failures: readonly Error[]) {
    const told = oncePerThing(failures);
    super(told.map(({ message }) => message).join('\n'));
    this.name = 'SeveralFailures';
    this.failures = told;
  }
}

/** Failures, those that are about one thing as one, where the first of them was. */
function oncePerThing(failures: readonly Error[]): readonly Error[] {
  const about = new Map<unknown, Error[]>();
  for (const failure of failures) {
    const thing = failure instanceof ProblemsError ? failure.what : failure;
    about.set(thing, [...(about.get(thing) ?? []), failure]);
  }
  return [...about].map(([thing, same]) => {
    const [first = new Error()] = same;
    if (typeof thing !== 'string' || same.length === 1) return first;
    const problems = same.flatMap((failure) => (failure instanceof ProblemsError ? failure.problems : []));
    return new ProblemsError(thing, oncePerCause(problems));
  });
}
