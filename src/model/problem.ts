/** One thing that is wrong with the delivery, a setting or a command line. */
export interface Problem {
  /** Where, in the user's own data, e.g. `environments.dev.services.orders.replicas`. */
  readonly path: string;
  /** What is wrong and what to write: lower case, no full stop. */
  readonly message: string;
  /** The value given, never a secret. @default - not shown */
  readonly given?: unknown;
}

/** Writes one problem on one line: path, message, and the value given. */
export function describeProblem({ path, message, given }: Problem): string {
  return `${path}: ${message}${given === undefined ? '' : `, got ${JSON.stringify(given)}`}`;
}

/** All problems at once. */
export class ProblemsError extends Error {
  /** @param what - what is not valid, e.g. `the delivery` */
  constructor(
    what: string,
    readonly problems: readonly Problem[],
  ) {
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    super(
      `portolan: ${what} is not valid (${count})\n${problems.map((problem) => `  ${describeProblem(problem)}`).join('\n')}`,
    );
    this.name = 'ProblemsError';
  }
}
