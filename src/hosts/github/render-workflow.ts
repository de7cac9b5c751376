import { Document, isMap, Scalar, visit } from 'yaml';
import type { CalledJob, Job, On, Step, Workflow } from '../workflow/workflow.ts';

/**
 * Writes a workflow as the text of its file: a comment, actions as `name@commit # tag`, scripts as literal blocks.
 *
 * @throws when a script holds an expression, which would let an outsider's text into a shell, or when a job that runs the program
 * lacks the history of what it checks out: every command of it may ask which of two commits came first
 */
export function renderWorkflow(workflow: Workflow): string {
  const tags = new Map<string, string>();
  const document = new Document(
    {
      name: workflow.name,
      ...(workflow.runName === undefined ? {} : { 'run-name': workflow.runName }),
      on: renderOn(workflow.on),
      permissions: {},
      ...(workflow.oneAtATime === undefined
        ? {}
        : { concurrency: { group: workflow.oneAtATime, 'cancel-in-progress': false } }),
      jobs: Object.fromEntries(Object.entries(workflow.jobs).map(([id, job]) => [id, renderJob(job, tags)])),
    },
    // What two steps share is written in each: nobody looks for an anchor.
    { aliasDuplicateObjects: false },
  );
  const because = workflow.on.pull_request_target?.because;
  if (because !== undefined) commentOn(document, `zizmor: ignore[dangerous-triggers] ${because}`);
  visit(document, {
    Scalar(_key, node) {
      if (typeof node.value !== 'string') return;
      const tag = tags.get(node.value);
      if (tag !== undefined) node.comment = ` ${tag}`;
      if (node.value.includes('\n')) node.type = Scalar.BLOCK_LITERAL;
    },
  });
  const comment = workflow.comment
    .split('\n')
    .map((line) => `# ${line}\n`)
    .join('');
  return comment + document.toString({ lineWidth: 0 });
}

/** What starts a workflow, without what is only for readers. */
function renderOn({ pull_request_target: target, ...on }: On): object {
  if (target === undefined) return on;
  const { because: _, ...rest } = target;
  return { ...on, pull_request_target: rest };
}

/** Puts a comment above what starts the workflow. */
function commentOn(document: Document, comment: string): void {
  const on = document.get('on', true);
  if (isMap(on)) on.commentBefore = ` ${comment}`;
}

function renderJob(job: Job | CalledJob, tags: Map<string, string>): object {
  if ('calls' in job) return renderCall(job);
  refuseCutHistory(job);
  return {
    name: job.name,
    'runs-on': 'ubuntu-24.04',
    'timeout-minutes': job.timeoutMinutes,
    ...(job.if === undefined ? {} : { if: job.if }),
    ...(job.needs === undefined ? {} : { needs: job.needs }),
    ...(job.environment === undefined ? {} : { environment: job.environment }),
    permissions: job.permissions,
    ...(job.outputs === undefined ? {} : { outputs: job.outputs }),
    steps: job.steps.map((step) => renderStep(step, tags)),
  };
}

/** GitHub takes neither a machine nor a time for a job that calls a workflow. */
const renderCall = (job: CalledJob): object => ({
  name: job.name,
  ...(job.if === undefined ? {} : { if: job.if }),
  ...(job.needs === undefined ? {} : { needs: job.needs }),
  permissions: job.permissions,
  uses: `./${job.calls}`,
});

function renderStep(step: Step, tags: Map<string, string>): object {
  const head = { name: step.name, ...(step.id === undefined ? {} : { id: step.id }) };
  if ('uses' in step) {
    const uses = `${step.uses.name}@${step.uses.commit}`;
    tags.set(uses, step.uses.tag);
    return {
      ...head,
      ...(step.if === undefined ? {} : { if: step.if }),
      uses,
      ...(step.with === undefined ? {} : { with: step.with }),
    };
  }
  if (step.run.includes('${{'))
    throw new Error(`portolan: the step "${step.name}" has an expression in its script; pass it through env`);
  return {
    ...head,
    ...(step.workingDirectory === undefined ? {} : { 'working-directory': step.workingDirectory }),
    ...(step.env === undefined ? {} : { env: step.env }),
    run: step.run,
  };
}

function refuseCutHistory({ name, steps }: Job): void {
  if (!steps.some((step) => 'run' in step && /\bportolan\b/.test(step.run))) return;
  for (const step of steps)
    if ('uses' in step && step.uses.name === 'actions/checkout' && step.with?.['fetch-depth'] !== 0)
      throw new Error(
        `portolan: the job "${name}" runs the program, and its step "${step.name}" cuts the history off; write 'fetch-depth': 0`,
      );
}
