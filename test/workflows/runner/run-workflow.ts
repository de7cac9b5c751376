import { fillIn, holds, type Status } from './expression/evaluate-expression.ts';
import type { Value } from './expression/value.ts';
import type { PlayedGitHub } from './played/github.ts';
import type { PlayedRepository } from './played/repository.ts';
import type { Permissions } from './played/tokens.ts';
import { readWorkflow, type ReadJob, type ReadWorkflow } from './read-workflow.ts';
import type { JobRun, Run } from './run.ts';
import { runJob } from './run-job.ts';
import { gitHubContext, variablesOf, type Started } from './started.ts';

/** Where the jobs of a workflow, or of one that it calls, run. */
interface Place {
  readonly github: PlayedGitHub;
  readonly repository: PlayedRepository;
  readonly started: Started;
  /** What the jobs see as `inputs`. */
  readonly inputs: Readonly<Record<string, Value>>;
  /** What a called workflow may do at most. @default - what it asks for */
  readonly limit?: Permissions;
}

/** Runs a workflow: its jobs one after the other, in the order in which they need each other. */
export async function runWorkflow(
  github: PlayedGitHub,
  repository: PlayedRepository,
  workflow: ReadWorkflow,
  started: Started,
): Promise<Run> {
  const jobs = await runJobs({ github, repository, started, inputs: started.inputs }, workflow);
  const { id, file, event, ref, actor } = started;
  return { id, repository: repository.fullName, file, event, ref, actor, conclusion: conclusionOf(jobs), jobs };
}

function conclusionOf(jobs: Readonly<Record<string, JobRun>>): JobRun['conclusion'] {
  const conclusions = Object.values(jobs).map(({ conclusion }) => conclusion);
  if (conclusions.includes('failure')) return 'failure';
  return conclusions.includes('success') ? 'success' : 'skipped';
}

async function runJobs(place: Place, workflow: ReadWorkflow): Promise<Readonly<Record<string, JobRun>>> {
  const ran: Record<string, JobRun> = {};
  const waiting = new Map(Object.entries(workflow.jobs));
  while (waiting.size > 0) {
    const next = [...waiting].find(([, { needs }]) => needs.every((need) => ran[need] !== undefined));
    if (next === undefined)
      throw new Error(`jobs of ${place.started.file} need each other: ${[...waiting.keys()].join(', ')}`);
    const [id, job] = next;
    waiting.delete(id);
    ran[id] = await startJob(place, workflow, id, job, ran);
  }
  return ran;
}

const skipped: JobRun = { conclusion: 'skipped', steps: [], outputs: {}, log: '', summary: '' };

async function startJob(
  place: Place,
  workflow: ReadWorkflow,
  id: string,
  job: ReadJob,
  ran: Readonly<Record<string, JobRun>>,
): Promise<JobRun> {
  const { github, repository, started } = place;
  const needed = job.needs.map((need) => [need, ran[need]!] as const);
  const status: Status = needed.every(([, { conclusion }]) => conclusion === 'success') ? 'success' : 'failure';
  const permissions = limited(Object.keys(job.permissions).length > 0 ? job.permissions : workflow.permissions, place);
  const token = github.tokenOfRun(repository.fullName, started.isFork ? readOnly(permissions) : permissions);
  const needs = Object.fromEntries(
    needed.map(([need, { conclusion, outputs }]) => [need, { result: conclusion, outputs }] as const),
  );
  const contexts = { github: gitHubContext(github, started, id, token), needs, inputs: place.inputs };
  if (!holds(job.if, { contexts, status })) return skipped;
  if (job.uses !== undefined) return callWorkflow(place, job, permissions, job.uses, contexts);
  const environment = job.environment;
  let found;
  try {
    found = github.secrets.enter(repository.name, environment, started.ref);
  } catch (error) {
    // As GitHub does it: the job ends before its first step.
    return { ...skipped, conclusion: 'failure', log: `${(error as Error).message}\n` };
  }
  return runJob({
    github,
    job: { ...job, steps: job.steps ?? [] },
    contexts: {
      ...contexts,
      vars: found.vars,
      secrets: { ...(started.isFork ? emptied(found.secrets) : found.secrets), GITHUB_TOKEN: token },
    },
    repository: repository.fullName,
    repositoryName: repository.name,
    ref: started.ref,
    commit: started.commit,
    token,
    variables: variablesOf(github, started, id),
  });
}

/** Runs the jobs of a workflow of the same commit as one job. It gets no secret that it is not handed. */
async function callWorkflow(
  place: Place,
  job: ReadJob,
  limit: Permissions,
  uses: string,
  contexts: Readonly<Record<string, Value>>,
): Promise<JobRun> {
  const { repository, started } = place;
  const name = /^\.\/\.github\/workflows\/([^/]+)$/.exec(uses)?.[1];
  const text = repository.workflows(started.commit).find(([file]) => file === name)?.[1];
  if (name === undefined || text === undefined)
    return { ...skipped, conclusion: 'failure', log: `error parsing called workflow: ${uses} was not found\n` };
  const called = readWorkflow(name, text);
  if (called.on.workflow_call === undefined)
    return { ...skipped, conclusion: 'failure', log: `${uses} is not reusable: it has no workflow_call trigger\n` };
  const inputs = Object.fromEntries(Object.entries(job.with).map(([key, value]) => [key, fillIn(value, { contexts })]));
  const jobs = await runJobs({ ...place, inputs, limit }, called);
  return {
    ...skipped,
    conclusion: conclusionOf(jobs),
    steps: Object.values(jobs).flatMap(({ steps }) => steps),
    log: Object.values(jobs)
      .map(({ log }) => log)
      .join(''),
  };
}

/** @throws as GitHub refuses a called workflow that asks for more than its caller has */
function limited(asked: Permissions, { limit, started }: Place): Permissions {
  if (limit === undefined) return asked;
  for (const [name, access] of Object.entries(asked))
    if (limit[name] !== 'write' && limit[name] !== access)
      throw new Error(`a workflow that ${started.file} calls asks for ${name}: ${access}, which its job does not have`);
  return asked;
}

const readOnly = (permissions: Permissions): Permissions =>
  Object.fromEntries(Object.keys(permissions).map((name) => [name, 'read']));

const emptied = (secrets: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> =>
  Object.fromEntries(Object.keys(secrets).map((name) => [name, '']));
