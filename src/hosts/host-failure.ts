/** Why a host did not do what it was asked. */
export interface HostRefusal {
  readonly code: 'unreachable' | 'rate-limited' | 'denied' | 'wrong-input';
  /** What is the matter: lower case but for names, no full stop, and no word of the token. */
  readonly what: string;
  /** What to type or do next. */
  readonly next: string;
}

/** A host did not do what it was asked. It says nothing of what was done before, which only the caller knows. */
export class HostFailure extends Error {
  /**
   * @param subject - what did not happen, e.g. `the pull request could not be opened`
   */
  constructor(
    readonly subject: string,
    readonly refusal: HostRefusal,
    options?: ErrorOptions,
  ) {
    super(`portolan: ${subject}: ${refusal.what}; ${refusal.next}`, options);
    this.name = 'HostFailure';
  }
}
