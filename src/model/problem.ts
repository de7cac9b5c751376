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

/** Problems that a message shows; the rest is counted. */
const MOST_SHOWN = 50;

/** All problems at once; the message shows fifty of them. */
export class ProblemsError extends Error {
  /** @param what - what is not valid, e.g. `the delivery` */
  constructor(
    what: string,
    readonly problems: readonly Problem[],
  ) {
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    const more = problems.length > MOST_SHOWN ? [`and ${problems.length - MOST_SHOWN} more`] : [];
    const lines = [...problems.slice(0, MOST_SHOWN).map(describeProblem), ...more];
    super(`portolan: ${what} is not valid (${count})\n${lines.map((line) => `  ${line}`).join('\n')}`);
    this.name = 'ProblemsError';
  }
}
