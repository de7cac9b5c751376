import { onceForAll, sameIn, withoutNames } from './formats/once-for-all.ts';

/** One thing that is wrong with the delivery, a setting or a command line. */
export interface Problem {
  /** Where, in the user's own data, e.g. `environments.dev.services.orders.replicas`. */
  readonly path: string;
  /** What is wrong and what to write: lower case, no full stop. */
  readonly message: string;
  /** The value given, never a secret. @default - not shown */
  readonly given?: unknown;
  /** Other environments, stages or toolchains in which the same is wrong. @default - none */
  readonly also?: readonly string[];
}

/** Writes one problem on one line: path, message, the value given, and where else the same is wrong. */
export function describeProblem({ path, message, given, also }: Problem): string {
  return `${path}: ${message}${given === undefined ? '' : `, got ${JSON.stringify(given)}`}${sameIn(also)}`;
}

/** A place of the delivery, of which there are several: what stands in one often stands in the others by the same line of a program. */
const place = /^(environments|initialReleases|stages|toolchains)\.([^.[]+)/;

/** Problems, each once: what is wrong in several environments, stages or toolchains in the same words is one problem that names them. */
export const oncePerCause = (problems: readonly Problem[]): readonly Problem[] =>
  onceForAll(problems, (problem) => {
    const [said = '', list, environment] = place.exec(problem.path) ?? [];
    if (list === undefined || environment === undefined) return undefined;
    // A toolchain has some of a stage's words.
    const path = list === 'toolchains' ? problem.path.replace(said, `stages.${environment}`) : problem.path;
    return { environment, words: withoutNames(describeProblem({ ...problem, path }), [environment]) };
  }).map(({ found, also }) => (also.length === 0 ? found : { ...found, also }));

/** Problems that a message shows; the rest is counted. */
const MOST_SHOWN = 50;

/** All problems at once; the message shows fifty of them. */
export class ProblemsError extends Error {
  /** @param what - what is not valid, e.g. `the delivery` */
  constructor(
    readonly what: string,
    readonly problems: readonly Problem[],
  ) {
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    const more = problems.length > MOST_SHOWN ? [`and ${problems.length - MOST_SHOWN} more`] : [];
    const lines = [...problems.slice(0, MOST_SHOWN).map(describeProblem), ...more];
    super(`portolan: ${what} is not valid (${count})\n${lines.map((line) => `  ${line}`).join('\n')}`);
    this.name = 'ProblemsError';
  }
}
