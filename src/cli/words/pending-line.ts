/** What of a branch's `bootstrap/` its cluster lacks. */
export interface PendingBootstrap {
  /** Objects that the cluster has not as the branch has them, as `Kind/name`. */
  readonly pending: readonly string[];
  /** Those of {@link pending} that something may wait for: all but those that only have more than the branch says, which goes last. */
  readonly lacking: readonly string[];
  /** What must happen now, and what after the engine pruned, in this order, as sentences. */
  readonly steps: readonly string[];
}

/** The line that brings the cluster what of `bootstrap/` it lacks. */
export const pendingLine = (environment: string): string =>
  `pulumi up --stack ${environment}, or apply bootstrap/ of the branch env/${environment}`;
