import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { temporaryFolder } from '../../support/git.ts';

/** A step of a rendered workflow, as far as the tests look at it. */
export interface RenderedStep {
  readonly name: string;
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** A job of a rendered workflow, as far as the tests look at it. */
export interface RenderedJob {
  readonly if?: string;
  readonly needs?: readonly string[];
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly steps: readonly RenderedStep[];
}

/** A rendered workflow, as far as the tests look at it. */
export interface RenderedWorkflow {
  readonly 'run-name'?: string;
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, RenderedJob>>;
}

/** Reads a workflow file. */
export const readWorkflow = (text: string | undefined): RenderedWorkflow => parse(text ?? '') as RenderedWorkflow;

/** What a step left behind. */
export interface StepRun {
  readonly status: number | null;
  readonly stderr: string;
  /** What it wrote for later steps, and for people. */
  readonly output: string;
  readonly summary: string;
}

/**
 * Runs the script of a step as GitHub's runner does: with Bash, which ends at the first command that fails.
 *
 * @param values - of the expressions in the step's environment; one without a value fails the test
 * @param path - folders in which commands are looked for first
 */
export function runStep(
  step: RenderedStep | undefined,
  folder: string,
  values: Readonly<Record<string, string>>,
  path: readonly string[] = [],
): StepRun {
  if (step?.run === undefined) throw new Error('the workflow has no such step with a script');
  const scratch = temporaryFolder();
  const files = { GITHUB_OUTPUT: join(scratch, 'output'), GITHUB_STEP_SUMMARY: join(scratch, 'summary') };
  for (const file of Object.values(files)) writeFileSync(file, '');
  writeFileSync(join(scratch, 'script'), step.run);
  const env = Object.entries(step.env ?? {}).map(([name, value]) => [
    name,
    value.replace(/\$\{\{ (.*?) \}\}/g, (_, expression: string) => {
      const found = values[expression];
      if (found === undefined) throw new Error(`the step "${step.name}" takes ${expression}, which has no value here`);
      return found;
    }),
  ]);
  const run = spawnSync('bash', ['--noprofile', '--norc', '-e', join(scratch, 'script')], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      ...files,
      PATH: [...path, process.env['PATH'] ?? ''].join(':'),
      ...(Object.fromEntries(env) as Record<string, string>),
    },
  });
  return {
    status: run.status,
    stderr: run.stderr.trimEnd(),
    output: readFileSync(files.GITHUB_OUTPUT, 'utf8').trimEnd(),
    summary: readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8').trimEnd(),
  };
}
