/** What kept an operation on the ops repository from happening; machines read it. */
export type OpsCode =
  | 'unreachable'
  | 'denied'
  | 'rate-limited'
  | 'not-a-repository'
  | 'not-ours'
  | 'no-branch'
  | 'moving'
  | 'no-release'
  | 'bad-file'
  | 'edited'
  | 'in-the-way'
  | 'held'
  | 'removal'
  | 'bootstrap-first'
  | 'older-program'
  | 'older-package'
  | 'older-release'
  | 'unknown-ancestry'
  | 'unmerged'
  | 'gated'
  | 'declined'
  | 'not-verified'
  | 'no-health'
  | 'not-reproduced'
  | 'other-bits'
  | 'wrong-input'
  | 'not-found'
  | 'busy'
  | 'disk-full'
  | 'no-git'
  | 'timeout'
  | 'git-failed';

/** One reason why an operation did not happen. */
export interface Refusal {
  readonly code: OpsCode;
  /** What is the matter: lower case, no full stop; further lines are details. */
  readonly what: string;
  /** What to type or do next. @default - nothing that a command could do */
  readonly next?: string;
}

/** An operation on the ops repository that did not happen: all reasons at once, and what to do about each. */
export class OpsError extends Error {
  readonly refusals: readonly Refusal[];
  /** Kind of the first reason. */
  readonly code: OpsCode;

  /**
   * @param subject - what did not happen, e.g. `dev was not published`
   */
  constructor(
    readonly subject: string,
    refusals: readonly [Refusal, ...Refusal[]],
    options?: ErrorOptions,
  ) {
    super([`portolan: ${subject}`, ...refusals.map(describeRefusal)].join('\n'), options);
    this.name = 'OpsError';
    this.refusals = refusals;
    this.code = refusals[0].code;
  }
}

function describeRefusal({ what, next }: Refusal): string {
  const lines = [...what.split('\n'), ...(next === undefined ? [] : `next: ${next}`.split('\n'))];
  return lines.map((line, i) => `${i === 0 ? '  ' : '    '}${line}`).join('\n');
}
