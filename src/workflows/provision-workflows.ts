import { previewEnvironment } from '../model/derived/actions-environments.ts';
import { isPlainKey, KUBECONFIG_KEY, type Credential } from '../model/credential.ts';
import type { Delivery } from '../model/delivery.ts';
import { platformStack } from '../model/settings/settings.ts';
import { actions } from '../hosts/workflow/actions.ts';
import { LackingCredential } from '../hosts/workflow/lacking-credential.ts';
import { checkout, installProgram, programRepository, writeKubeconfig } from '../hosts/workflow/steps.ts';
import { expression, type Job, type Step, type Workflow } from '../hosts/workflow/workflow.ts';

/** The Pulumi CLI that the workflows install: the last that runs on the Node.js of this program. */
const pulumiVersion = '3.248.0';

/** Key of the token for GitHub: a secret of that name GitHub does not take. */
const tokenKey = 'PROVISION_TOKEN';

/** Keys without which no stack can be read. */
const neededKeys = [tokenKey, 'PULUMI_BACKEND_URL', 'PULUMI_CONFIG_PASSPHRASE'];

/** Minutes past midnight UTC, away from the full hour when everybody's workflows start. */
const driftAt = '23 4 * * *';

/** Bytes of one stack's preview in the comment at most, and of all of them: what is rendered must fit into the same one. */
const previewMost = 6_000;
const previewsMost = 30_000;

/** What stands around the preview of one stack, its name not counted. */
const previewFrame = 150;

/** Bytes of one stack's preview in the comment. */
const previewBytes = (stacks: readonly string[]): number =>
  Math.min(previewMost, Math.floor(previewsMost / stacks.length));

/** Characters of the comment of a review that the previews may take; none where nobody runs them. */
export function previewCharacters(delivery: Delivery): number {
  const stacks = stacksOf(delivery);
  if (previewerOf(delivery) === undefined) return 0;
  return stacks.reduce((sum, stack) => sum + previewBytes(stacks) + previewFrame + stack.length, 0);
}

/** The credentials by which the workflows of the program run Pulumi; none where a person does. */
const provisioners = (delivery: Delivery): readonly Credential[] => {
  const { name } = programRepository(delivery);
  return delivery.credentials.filter(
    ({ purpose, store }) =>
      purpose === 'administration' &&
      store.kind === 'githubActions' &&
      store.repository === name &&
      store.environment !== undefined,
  );
};

const environmentIn = ({ store }: Credential): string =>
  store.kind === 'githubActions' ? (store.environment ?? '') : '';

/** What makes the stacks after a merge and looks for drift. @default - a person does */
export const provisionerOf = (delivery: Delivery): Credential | undefined =>
  provisioners(delivery).find((credential) => environmentIn(credential) !== previewEnvironment);

/** What shows in a review what the stacks would come to. @default - nobody does */
export const previewerOf = (delivery: Delivery): Credential | undefined =>
  provisioners(delivery).find((credential) => environmentIn(credential) === previewEnvironment);

/** Every stack, in the order in which one needs another. */
const stacksOf = ({ environments }: Delivery): readonly string[] => [
  platformStack,
  ...environments.map(({ name }) => name),
];

/** Variables that Pulumi is given: each key under its own name, but the kubeconfig, which Pulumi takes as a file. @throws LackingCredential where a key is lacking */
function variablesOf(credential: Credential): Readonly<Record<string, string>> {
  const { keys } = credential.store;
  const lacking = neededKeys.find((key) => !keys.includes(key));
  if (lacking !== undefined)
    throw new LackingCredential(
      { path: `credentials.${credential.name}.store.keys`, message: `needs the key ${lacking}` },
      { ...credential, store: { ...credential.store, keys: [...keys, lacking] } },
    );
  return Object.fromEntries(
    keys
      .filter((key) => key !== KUBECONFIG_KEY)
      .map((key) => [
        key === tokenKey ? 'GITHUB_TOKEN' : key,
        expression(`${isPlainKey(key) ? 'vars' : 'secrets'}.${key}`),
      ]),
  );
}

/** Steps after which Pulumi can run in the folder of the program. */
function prepared(credential: Credential): readonly Step[] {
  return [
    checkout('Check out the program with its history', { path: 'program' }),
    ...installProgram('program'),
    { name: 'Set up Pulumi', uses: actions.pulumi, with: { 'pulumi-version': pulumiVersion } },
    ...(credential.store.keys.includes(KUBECONFIG_KEY) ? [writeKubeconfig] : []),
  ];
}

/** How many lines of Pulumi are kept for people: neither colours, nor a line for each moment. */
const quiet = '--non-interactive --color never --suppress-progress';

/** One job that runs Pulumi for one stack, in the GitHub environment that keeps its credential. */
const pulumiJob = (credential: Credential, name: string, run: string, more: Partial<Job> = {}): Job => ({
  name,
  environment: environmentIn(credential),
  permissions: { contents: 'read' },
  timeoutMinutes: 30,
  ...more,
  steps: [
    ...prepared(credential),
    { name, id: 'pulumi', workingDirectory: 'program', env: variablesOf(credential), run },
  ],
});

/** Id of the job that makes a stack. */
export const upJob = (stack: string): string => `up-${stack}`;

/** Jobs that make every stack, one after the other; none where a person does. */
export function upJobs(delivery: Delivery): Readonly<Record<string, Job>> {
  const credential = provisionerOf(delivery);
  if (credential === undefined) return {};
  return Object.fromEntries(
    stacksOf(delivery).map((stack, i, stacks) => {
      const before = stacks[i - 1];
      const needs = before === undefined ? {} : { needs: [upJob(before)] };
      return [
        upJob(stack),
        pulumiJob(credential, `Update the stack ${stack}`, `pulumi up --yes ${quiet} --stack ${stack}`, needs),
      ];
    }),
  );
}

/** The workflow that looks whether what is there is still what the stacks made; none where a person does. */
export function driftWorkflows(delivery: Delivery): readonly Workflow[] {
  const credential = provisionerOf(delivery);
  if (credential === undefined) return [];
  return [
    {
      file: 'find-drift',
      name: 'Find drift',
      comment:
        'Fails when something differs from what the stacks made, and changes nothing; "pulumi up --refresh" brings it back. Written by: portolan workflows --write. Do not edit.',
      on: { schedule: [{ cron: driftAt }], workflow_dispatch: {} },
      jobs: Object.fromEntries(
        stacksOf(delivery).map((stack) => [
          `drift-${stack}`,
          pulumiJob(
            credential,
            `Compare ${stack} with what is there`,
            `pulumi preview --refresh --expect-no-changes ${quiet} --stack ${stack}`,
          ),
        ]),
      ),
    },
  ];
}

/**
 * The job that shows what a merge would have Pulumi do: it runs what the author of a pull request wrote, with the secrets of every
 * stack, so somebody lets each run of it begin, and a fork never gets that far.
 *
 * @returns nothing where the project does not ask for it
 */
export function previewJob(delivery: Delivery): Job | undefined {
  const credential = previewerOf(delivery);
  if (credential === undefined) return undefined;
  return {
    ...pulumiJob(
      credential,
      'Preview every stack',
      [
        'mark=$(openssl rand -hex 16)',
        '{',
        '  echo "previews<<$mark"',
        `  for stack in ${stacksOf(delivery).join(' ')}; do`,
        `    printf '\n### pulumi preview --stack %s\n\n~~~~~~\n' "$stack"`,
        `    pulumi preview ${quiet} --diff=false --stack "$stack" > "$RUNNER_TEMP/preview" 2>&1 || echo 'the preview failed'`,
        `    head -c ${previewBytes(stacksOf(delivery))} "$RUNNER_TEMP/preview"`,
        `    printf '\n~~~~~~\n'`,
        '  done',
        '  echo "$mark"',
        '} >> "$GITHUB_OUTPUT"',
      ].join('\n'),
      { needs: ['check'], if: 'github.event.pull_request.head.repo.full_name == github.repository' },
    ),
    outputs: { previews: expression('steps.pulumi.outputs.previews') },
  };
}
