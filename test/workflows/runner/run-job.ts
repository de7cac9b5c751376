import { mkdirSync, mkdtempSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { playedAction } from './actions/played-actions.ts';
import { fillIn, holds, type Status } from './expression/evaluate-expression.ts';
import type { Value } from './expression/value.ts';
import type { PlayedGitHub } from './played/github.ts';
import type { ReadJob, ReadStep } from './read-workflow.ts';
import type { JobRun, StepRun } from './run.ts';
import { runScript } from './shell.ts';

/** A job that is about to run, and everything that its expressions see. */
export interface JobCall {
  readonly github: PlayedGitHub;
  readonly job: ReadJob & { readonly steps: readonly ReadStep[] };
  /** Contexts besides `steps`, `env` and `job`. */
  readonly contexts: Readonly<Record<string, Value>>;
  /** Full name of the repository, and its name in the delivery. */
  readonly repository: string;
  readonly repositoryName: string;
  readonly ref: string;
  readonly commit: string;
  readonly token: string;
  /** Variables of GitHub's own, such as `GITHUB_SHA`. */
  readonly variables: Readonly<Record<string, string>>;
}

/** What a step did. */
interface Done {
  readonly outputs: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly log: string;
  readonly summary?: string;
  readonly failed?: string;
}

/** Runs the steps of a job one after the other; after one that failed, only those that ask for it. */
export async function runJob(call: JobCall): Promise<JobRun> {
  const { github, job } = call;
  const folder = mkdtempSync(join(github.folder, 'job-'));
  const workspace = join(folder, 'workspace');
  const home = join(folder, 'home');
  for (const made of [workspace, home]) mkdirSync(made);
  const variables = { ...call.variables, HOME: home, GITHUB_WORKSPACE: workspace, RUNNER_TEMP: folder };
  const ran: StepRun[] = [];
  const steps: Record<string, Value> = {};
  let env: Readonly<Record<string, string>> = {};
  let status: Status = 'success';
  let log = '';
  let summary = '';
  const sight = () => ({ contexts: { ...call.contexts, steps, env, job: { status } }, status });
  for (const step of job.steps) {
    const conclude = (conclusion: StepRun['conclusion'], outputs: Readonly<Record<string, string>>): void => {
      ran.push({ name: step.name, conclusion });
      if (step.id !== undefined) steps[step.id] = { outputs, conclusion, outcome: conclusion };
    };
    if (!holds(step.if, sight())) {
      conclude('skipped', {});
      continue;
    }
    const filled = (texts: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
      Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, fillIn(text, sight())]));
    const done: Done = await (step.uses === undefined
      ? runStep(step, { ...variables, ...env, ...filled(step.env) }, workspace, folder)
      : useAction(call, step.uses, filled(step.with), workspace, variables));
    log += `## ${step.name}\n${done.log}${done.failed === undefined ? '' : `${done.failed}\n`}`;
    summary += done.summary ?? '';
    env = { ...env, ...done.env };
    if (done.failed !== undefined) status = 'failure';
    conclude(done.failed === undefined ? 'success' : 'failure', done.outputs);
  }
  const leaked = github.secretValues().find((value) => log.includes(value) || summary.includes(value));
  if (leaked !== undefined)
    throw new Error(`the job ${job.name ?? ''} prints a secret: ${leaked.split('.').slice(0, 2).join('.')}`);
  return {
    conclusion: status === 'success' ? 'success' : 'failure',
    ...(job.environment === undefined ? {} : { environment: job.environment }),
    steps: ran,
    // A job that failed has no outputs that anybody needs.
    outputs: status === 'success' ? outputsOf(job, sight()) : {},
    log,
    summary,
  };
}

const outputsOf = (job: ReadJob, sight: { readonly contexts: Readonly<Record<string, Value>> }) =>
  Object.fromEntries(Object.entries(job.outputs).map(([name, text]) => [name, fillIn(text, sight)]));

async function runStep(
  step: ReadStep,
  variables: Readonly<Record<string, string>>,
  workspace: string,
  temporary: string,
): Promise<Done> {
  const folder = resolve(workspace, step['working-directory'] ?? '.');
  const { code, ...done } = await runScript(step.run ?? '', folder, variables, temporary);
  return code === 0 ? done : { ...done, failed: `Process completed with exit code ${String(code)}.` };
}

async function useAction(
  call: JobCall,
  uses: string,
  given: Readonly<Record<string, string>>,
  workspace: string,
  variables: Readonly<Record<string, string>>,
): Promise<Done> {
  // An action that is not played, or an input of it, is a fault of the test and not of the job.
  const action = playedAction(uses);
  const unknown = Object.keys(given).find((name) => !action.inputs.includes(name));
  if (unknown !== undefined) throw new Error(`the input ${unknown} of ${uses} is not played`);
  try {
    const outputs = await action.run({ ...call, with: given, environment: call.job.environment, workspace, variables });
    return { outputs, log: '' };
  } catch (error) {
    return { outputs: {}, log: '', failed: `Error: ${(error as Error).message}` };
  }
}
