import type { PlayedGitHub } from '../played/github.ts';

/** What an action sees of the job that uses it. */
export interface ActionCall {
  readonly github: PlayedGitHub;
  /** What the step says under `with`, filled in. */
  readonly with: Readonly<Record<string, string>>;
  /** Full name of the repository whose workflow it is, and its name in the delivery. */
  readonly repository: string;
  readonly repositoryName: string;
  /** GitHub environment of the job. @default - none */
  readonly environment: string | undefined;
  readonly ref: string;
  readonly commit: string;
  /** The token of the run. */
  readonly token: string;
  readonly workspace: string;
  /** Variables that its programs get. */
  readonly variables: Readonly<Record<string, string>>;
}

/** An action as it is played. */
export interface PlayedAction {
  /** What may stand under `with`; anything else fails. */
  readonly inputs: readonly string[];
  /** Returns its outputs. @throws when it fails, as the action would */
  readonly run: (call: ActionCall) => Promise<Readonly<Record<string, string>>>;
}

/** An input that must be given. */
export function given(call: ActionCall, name: string): string {
  const value = call.with[name] ?? '';
  if (value === '') throw new Error(`the input ${name} is empty`);
  return value;
}
