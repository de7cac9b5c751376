import * as z from 'zod';
import { parse } from 'yaml';

const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const texts = z.record(z.string(), text);
const list = z.array(z.string());
const permissions = z.record(z.string(), z.enum(['read', 'write']));

const step = z
  .strictObject({
    name: z.string(),
    id: z.string().optional(),
    if: z.string().optional(),
    uses: z.string().optional(),
    with: texts.default({}),
    env: texts.default({}),
    run: z.string().optional(),
    'working-directory': z.string().optional(),
  })
  .refine(({ uses, run }) => (uses === undefined) !== (run === undefined), 'a step either uses an action or runs');

const job = z
  .strictObject({
    name: z.string().optional(),
    'runs-on': z.string().optional(),
    'timeout-minutes': z.number().optional(),
    if: z.string().optional(),
    needs: list.default([]),
    environment: z.string().optional(),
    permissions: permissions.default({}),
    outputs: texts.default({}),
    steps: z.array(step).optional(),
    uses: z.string().optional(),
    with: texts.default({}),
  })
  .refine(({ steps, uses }) => (uses === undefined) !== (steps === undefined), 'a job has steps or uses a workflow');

const input = z.strictObject({
  description: z.string().optional(),
  required: z.boolean().default(false),
  type: z.enum(['string', 'boolean', 'choice', 'number']).default('string'),
  default: text.optional(),
  options: list.optional(),
});
const withInputs = z
  .strictObject({ inputs: z.record(z.string(), input).default({}) })
  .nullable()
  .transform((given) => given ?? { inputs: {} });
const pull = z.strictObject({
  branches: list.optional(),
  paths: list.optional(),
  types: list.default(['opened', 'synchronize', 'reopened']),
});

/** One trigger, or a list of them, as the map that says the same. */
const asMap = (on: unknown): unknown =>
  typeof on === 'string' || Array.isArray(on)
    ? Object.fromEntries([on].flat().map((name: unknown) => [name, null]))
    : on;

/** What a workflow file may say. Anything else is an error: it would be a promise that nobody tried. */
const workflow = z.strictObject({
  name: z.string(),
  'run-name': z.string().optional(),
  on: z.preprocess(
    asMap,
    z.strictObject({
      push: z.strictObject({ branches: list.optional(), tags: list.optional(), paths: list.optional() }).optional(),
      pull_request: pull.optional(),
      pull_request_target: pull.optional(),
      workflow_dispatch: withInputs.optional(),
      workflow_call: withInputs.optional(),
      repository_dispatch: z.strictObject({ types: list.optional() }).optional(),
      schedule: z.array(z.strictObject({ cron: z.string() })).optional(),
    }),
  ),
  permissions: permissions.default({}),
  // Runs are one after the other here, so that a group has nothing to hold back.
  concurrency: z.unknown().optional(),
  jobs: z.record(z.string(), job),
});

export type ReadWorkflow = z.infer<typeof workflow>;
export type ReadJob = z.infer<typeof job>;
export type ReadStep = z.infer<typeof step>;
export type On = ReadWorkflow['on'];

/** Reads the text of a workflow file. @throws on a key that is not played */
export function readWorkflow(path: string, source: string): ReadWorkflow {
  const read = workflow.safeParse(parse(source));
  if (!read.success) throw new Error(`${path}: ${z.prettifyError(read.error)}`);
  const { jobs } = read.data;
  for (const [id, { needs }] of Object.entries(jobs))
    for (const need of needs)
      if (jobs[need] === undefined) throw new Error(`${path}: ${id} needs ${need}, which is no job`);
  return read.data;
}
