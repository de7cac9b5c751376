/** How one step went. */
export interface StepRun {
  readonly name: string;
  readonly conclusion: 'success' | 'failure' | 'skipped';
}

/** How one job went. */
export interface JobRun {
  readonly conclusion: 'success' | 'failure' | 'skipped';
  /** GitHub environment that it ran in. @default - none */
  readonly environment?: string;
  readonly steps: readonly StepRun[];
  readonly outputs: Readonly<Record<string, string>>;
  /** What its steps printed, and why it failed. */
  readonly log: string;
  readonly summary: string;
}

/** How one run of a workflow went. */
export interface Run {
  readonly id: number;
  /** Full name of the repository. */
  readonly repository: string;
  /** Name of the file, e.g. `portolan-verify.yaml`. */
  readonly file: string;
  readonly event: string;
  readonly ref: string;
  readonly actor: string;
  readonly conclusion: 'success' | 'failure' | 'skipped';
  readonly jobs: Readonly<Record<string, JobRun>>;
}
