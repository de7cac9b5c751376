import type { PinnedAction } from './actions.ts';

/** A GitHub Actions permission of one job. */
export type Permission = 'read' | 'write';

/** Permissions that a job asks for; what it does not name, it does not have. */
export type Permissions = Readonly<
  Partial<Record<'actions' | 'contents' | 'id-token' | 'pages' | 'pull-requests' | 'packages' | 'statuses', Permission>>
>;

/** One step: an action at a pinned commit, or a script that gets its inputs as environment variables alone. */
export type Step =
  | {
      readonly name: string;
      readonly id?: string;
      /** Condition of GitHub's expression language. @default - whenever nothing failed before */
      readonly if?: string;
      readonly uses: PinnedAction;
      readonly with?: Readonly<Record<string, string | number | boolean>>;
    }
  | {
      readonly name: string;
      readonly id?: string;
      /** Shell text without a single `${{ }}`: what comes from outside comes through `env`. */
      readonly run: string;
      readonly env?: Readonly<Record<string, string>>;
      readonly workingDirectory?: string;
    };

/** One job of a workflow. */
export interface Job {
  readonly name: string;
  readonly permissions: Permissions;
  readonly timeoutMinutes: number;
  /** GitHub environment whose secrets the job uses. @default - none, and so no secrets */
  readonly environment?: string;
  /** Condition of GitHub's expression language. @default - always */
  readonly if?: string;
  /** @default - starts at once */
  readonly needs?: readonly string[];
  /** @default - none */
  readonly outputs?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

/** A job that is a whole workflow of the same repository and commit, which takes `workflow_call`. It is handed no secret. */
export interface CalledJob extends Pick<Job, 'name' | 'if' | 'needs'> {
  /** Path of the file, e.g. `.github/workflows/test.yaml`. */
  readonly calls: string;
  /** What the called workflow may ask for at most. */
  readonly permissions: Permissions;
}

/** What starts a workflow. */
export interface On {
  readonly push?: {
    readonly branches?: readonly string[];
    readonly tags?: readonly string[];
    readonly paths?: readonly string[];
  };
  readonly pull_request?: { readonly branches?: readonly string[]; readonly paths?: readonly string[] };
  /** An event that somebody sends to the repository; runs what is on the default branch. */
  readonly repository_dispatch?: { readonly types: readonly string[] };
  /** Times in UTC; runs what is on the default branch. */
  readonly schedule?: readonly { readonly cron: string }[];
  /** Runs the default branch's copy of the workflow, with its rights, for a pull request that anybody opened. */
  readonly pull_request_target?: {
    readonly branches: readonly string[];
    readonly types: readonly ('opened' | 'synchronize' | 'reopened' | 'edited')[];
    /** Why this is not dangerous here; written beside the trigger, where zizmor reads it. */
    readonly because: string;
  };
  /** By hand or by another workflow, on a ref that is named then. */
  readonly workflow_dispatch?: {
    /** What has to be given, by name. @default - nothing */
    readonly inputs?: Readonly<
      Record<string, { readonly description: string; readonly required: true; readonly type: 'string' }>
    >;
  };
}

/** One workflow file. */
export interface Workflow {
  /** File name without its ending, e.g. `deliver`. */
  readonly file: string;
  readonly name: string;
  /** What one run is called; may hold expressions. @default - as GitHub calls it */
  readonly runName?: string;
  /** First lines of the file: what it is for and who wrote it. */
  readonly comment: string;
  readonly on: On;
  /**
   * Name of a group of which one run goes on at a time and one waits: GitHub cancels what waited before it. Only for what the last run does
   * for all: of what builds, the images would be missing. @default - it is in no group
   */
  readonly oneAtATime?: string;
  readonly jobs: Readonly<Record<string, Job | CalledJob>>;
}

/** An expression that GitHub fills in; allowed in `with`, `env`, `if` and `outputs`, never in `run`. */
export const expression = (value: string): string => `\${{ ${value} }}`;
