/** One thing about `bootstrap/`, which the engine does not apply, that must happen at the right time. */
export interface OrderStep {
  /** Before the branch changes what the engine applies, or after the engine pruned what left the branch. */
  readonly when: 'before' | 'after';
  /** Object of `bootstrap/`, as `Kind/name`. */
  readonly object: string;
  /** What it comes before or after, and why: lower case, no full stop. */
  readonly message: string;
  /** What to type where only this one step is wanted. @default - applying `bootstrap/` does it */
  readonly command?: string;
  /** Kind of which everything must be pruned first. @default - it waits for something else */
  readonly prunes?: {
    readonly group: string;
    readonly kind: string;
    /** What may happen once it is, lower case, e.g. `the AppProject may stop allowing it`. */
    readonly then: string;
  };
  /** What happens to what runs when the branch is first. @default - the engine refuses, and nothing that runs changes */
  readonly hurts?: string;
  /** Whether it is about an object of the branch, so that the cluster's `bootstrap/` does not tell whether it is done. @default false */
  readonly isOfBranch?: boolean;
}
