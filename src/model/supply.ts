/** How a Git trigger learns that something happened. */
export interface GitTransport {
  /** A workflow of the repository itself, a webhook to somebody else, or somebody who looks. @default 'workflow' */
  readonly by?: 'workflow' | 'webhook' | 'poll';
  /** Name of the credential that a webhook proves itself with. @default - none; a webhook without one is refused */
  readonly authentication?: string;
}

/** What starts a move. Branch, tag and path filters are GitHub's filter patterns. */
export type Trigger =
  | (GitTransport & {
      readonly on: 'push';
      readonly repository: string;
      readonly branches: readonly string[];
      readonly branchesIgnore?: readonly string[];
      readonly paths?: readonly string[];
    })
  | (GitTransport & {
      readonly on: 'pullRequest';
      readonly repository: string;
      readonly branches?: readonly string[];
      readonly paths?: readonly string[];
    })
  | (GitTransport & { readonly on: 'gitTag'; readonly repository: string; readonly pattern: string })
  | {
      readonly on: 'artifactPublished';
      readonly artifact: string;
      readonly by: 'poll';
      readonly intervalMinutes: number;
    }
  | {
      readonly on: 'artifactPublished';
      readonly artifact: string;
      readonly by: 'webhook';
      readonly authentication?: string;
    }
  | {
      readonly on: 'upstreamHealthy';
      readonly stages: readonly string[];
      readonly by: 'event' | 'poll';
      readonly authentication?: string;
    }
  /** An event that somebody sends by name, for what is on the default branch then. */
  | {
      readonly on: 'dispatch';
      readonly repository: string;
      readonly event: string;
      /** Name of the credential of whoever sends it: GitHub takes the event with a token alone that may write the repository. */
      readonly authentication?: string;
    }
  /** Times, as a cron expression of five fields in UTC, for what is on the default branch then. */
  | {
      readonly on: 'schedule';
      /** Cron expression, five fields, in UTC. GitHub may be late, and skips times where much is going on. */
      readonly cron: string;
    }
  | { readonly on: 'manual' };

/** Who turns source into artifacts. */
export type Builder =
  | {
      readonly kind: 'githubActions';
      readonly images: readonly { readonly artifact: string; readonly context: string; readonly dockerfile?: string }[];
    }
  | {
      readonly kind: 'kpack';
      readonly stack: string;
      readonly store: readonly string[];
      readonly order: readonly string[];
      readonly pollMinutes: number;
      readonly pinsRevision: boolean;
    }
  | { readonly kind: 'tekton'; readonly dockerfile?: string; readonly tasks: readonly string[] }
  | { readonly kind: 'chartReleaser'; readonly chart: string }
  | { readonly kind: 'external'; readonly by: string };

/** How a promotion learns that an artifact exists. */
export type Discovery =
  | { readonly kind: 'sameJob' }
  | { readonly kind: 'registryPoll'; readonly intervalMinutes: number; readonly attempts?: number }
  | { readonly kind: 'registryWebhook'; readonly authentication?: string; readonly exclude?: readonly string[] }
  | { readonly kind: 'helmRepositoryPoll'; readonly intervalMinutes: number };

/** How releases come to exist: builder, checks, discovery. Kargo calls it a Warehouse. */
export interface Supply {
  readonly name: string;
  /** Names of the artifacts that move together. */
  readonly artifacts: readonly string[];
  /** Name of the repository that holds the source. */
  readonly source: string;
  readonly builder: Builder;
  /**
   * Names of the checks that must pass before an artifact is published. Each is a workflow of the source that takes `workflow_call`, which
   * the build needs: `test` is `.github/workflows/test.yaml`. It reads the source, and is handed no secret.
   */
  readonly checks: readonly string[];
  /** What starts a build. */
  readonly triggers: readonly Trigger[];
  readonly discovery: Discovery;
  /** How long a build may take, in minutes. @default 30 */
  readonly buildMinutes?: number;
  /** Branch or repository that tested source is copied to before it is built. @default - none */
  readonly copiesTo?: { readonly repository: string; readonly branch: string };
  /** Whether unmerged code is built into the same artifact repository; stages that deploy anything published must say so. @default false */
  readonly buildsUnmerged?: boolean;
  /** Why it builds another branch than the default one of the repository, e.g. `version 2 is what customers run`. @default - it builds the default branch */
  readonly branchReason?: string;
}
