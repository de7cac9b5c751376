import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import project from '../../project.ts';
import { diffCharacters } from '../../src/hosts/hosts.ts';
import { allActionsEnvironments } from '../../src/model/derived/actions-environments.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import { validate } from '../../src/model/validation/validate.ts';
import { lackingCredentials } from '../../src/workflows/lacking-credentials.ts';
import { repositoryWorkflows } from '../../src/workflows/workflows-of.ts';
import { temporaryFolder } from '../support/git.ts';
import { provisioning, withProvisioning } from '../support/provisioning.ts';
import { settings } from '../support/settings.ts';
import { withWantedCredentials } from '../systems/wanted-credentials.ts';
import { runStep } from './support/run-step.ts';

interface ReadJob {
  readonly name: string;
  readonly if?: string;
  readonly needs?: readonly string[];
  readonly environment?: string;
  readonly permissions: Readonly<Record<string, string>>;
  readonly steps: readonly {
    readonly name: string;
    readonly uses?: string;
    readonly with?: Readonly<Record<string, unknown>>;
    readonly env?: Readonly<Record<string, string>>;
    readonly run?: string;
  }[];
}
type Jobs = Readonly<Record<string, ReadJob>>;

const delivery = withProvisioning(project(settings));

interface ReadWorkflow {
  readonly concurrency?: { readonly group: string; readonly 'cancel-in-progress': boolean };
  readonly jobs: Jobs;
}

const workflowOf = (file: string, of: Delivery = delivery): ReadWorkflow => {
  const text = repositoryWorkflows(of)['the-project-delivery']?.get(`.github/workflows/portolan-${file}.yaml`);
  return text === undefined ? { jobs: {} } : (parse(text) as ReadWorkflow);
};

const jobsOf = (file: string, of: Delivery = delivery): Jobs => workflowOf(file, of).jobs;

/** Jobs that run Pulumi, by id: the stack's last step. */
const pulumiIn = (jobs: Jobs): readonly [string, ReadJob, string][] =>
  Object.entries(jobs).flatMap(([id, job]) => {
    const run = job.steps.at(-1)?.run ?? '';
    return run.includes('pulumi ') ? [[id, job, run] as [string, ReadJob, string]] : [];
  });

describe('the review of the program', () => {
  test('renders every environment as anybody can, and attaches what comes of it', () => {
    const { steps = [] } = jobsOf('review-program', project(settings))['check'] ?? {};

    expect(steps.slice(-2)).toMatchObject([
      { run: 'npx --no-install cdk8s synth --output dist', env: { CDK8S_CHECK_UPGRADE: 'false' } },
      { uses: expect.stringMatching(/^actions\/upload-artifact@/), with: { path: 'program/dist', name: 'dist' } },
    ]);
  });

  test('runs no Pulumi where the project does not say so', () => {
    for (const file of ['review-program', 'publish-program', 'find-drift'])
      expect(pulumiIn(jobsOf(file, project(settings)))).toEqual([]);
    expect(Object.keys(jobsOf('review-program', withProvisioning(project(settings), { previews: false })))).toEqual([
      'check',
      'comment',
    ]);
  });

  test('shows the preview of every stack in the same comment, once somebody let it begin, and never for a fork', () => {
    const { preview, 'comment-previews': written } = jobsOf('review-program');
    const [plan] = allActionsEnvironments(delivery).filter(({ environment }) => environment === 'preview');

    expect(preview).toMatchObject({
      environment: 'preview',
      if: 'github.event.pull_request.head.repo.full_name == github.repository',
      permissions: { contents: 'read' },
    });
    expect(preview?.steps.at(-1)?.run).toContain('for stack in platform staging production; do');
    expect(preview?.steps.at(-1)?.run).toContain('pulumi preview ');
    expect(preview?.steps.at(-1)?.run).not.toMatch(/pulumi (up|destroy|refresh)/);
    expect(plan).toMatchObject({ approvers: ['maintainer'], branches: ['refs/pull/*/merge'], tags: [] });
    expect(written).toMatchObject({
      needs: ['check', 'preview', 'comment'],
      permissions: { 'pull-requests': 'write' },
    });
    expect(written?.environment).toBeUndefined();
  });
});

test.each([0, 20])('what is rendered and the previews of %i environments more fit into one comment', (count) => {
  const [staging] = delivery.environments;
  const others = Array.from({ length: count }, (_, i) => ({ ...staging!, name: `a-place-like-others-${i}` }));
  const environments = [...delivery.environments, ...others];
  const { check, preview } = jobsOf('review-program', withWantedCredentials({ ...delivery, environments }));
  const diff = check?.steps.find(({ run }) => run?.includes('portolan diff ') === true)?.run ?? '';
  const folder = temporaryFolder();
  // Says more of each stack than anybody reads, and fails.
  writeFileSync(join(folder, 'pulumi'), '#!/bin/sh\nhead -c 20000 /dev/zero | tr "\\0" x\nexit 1\n', { mode: 0o755 });
  const step = preview!.steps.at(-1)!;

  const { status, output } = runStep({ ...step, env: { RUNNER_TEMP: folder } }, folder, {}, [folder]);

  const [, most = ''] = / --characters (\d+)$/m.exec(diff) ?? [];
  expect(status).toBe(0);
  expect(output.match(/^### pulumi preview/gm)).toHaveLength(environments.length + 1);
  expect(Number(most)).toBeGreaterThanOrEqual(25_000);
  expect(Number(most) + output.length).toBeLessThanOrEqual(diffCharacters);
});

describe('a merge of the program', () => {
  test('updates the stacks one after the other, and publishes an environment after its own', () => {
    const jobs = jobsOf('publish-program');

    expect(pulumiIn(jobs).map(([id, { needs = [], environment }, run]) => [id, needs, environment, run])).toEqual([
      ['up-platform', [], 'provision', expect.stringMatching(/^pulumi up --yes .*--stack platform$/)],
      ['up-staging', ['up-platform'], 'provision', expect.stringMatching(/^pulumi up --yes .*--stack staging$/)],
      ['up-production', ['up-staging'], 'provision', expect.stringMatching(/^pulumi up --yes .*--stack production$/)],
    ]);
    for (const stack of ['staging', 'production']) {
      expect(jobs[`publish-${stack}`]?.needs).toEqual([`up-${stack}`]);
      expect(jobs[`publish-${stack}`]?.steps.at(-1)?.run).toMatch(/ --bootstrap-applied$/);
    }
  });

  test('waits for the one before it, because a stack is locked while it is updated, and where no stack is it waits for none', () => {
    expect(workflowOf('publish-program').concurrency).toEqual({
      group: 'portolan-publish-program',
      'cancel-in-progress': false,
    });
    expect(workflowOf('publish-program', project(settings)).concurrency).toBeUndefined();
    // It would take the place of a merge that waits.
    expect(workflowOf('find-drift').concurrency).toBeUndefined();
  });

  test('gives Pulumi its keys by name, the token as GITHUB_TOKEN and the kubeconfig as a file that nobody else reads', () => {
    const { steps = [] } = jobsOf('publish-program')['up-staging'] ?? {};
    const kubeconfig = steps.find(({ run }) => run?.includes('KUBECONFIG') === true);

    expect(steps.at(-1)?.env).toEqual({
      GITHUB_TOKEN: '${{ secrets.PROVISION_TOKEN }}',
      PULUMI_BACKEND_URL: '${{ secrets.PULUMI_BACKEND_URL }}',
      PULUMI_CONFIG_PASSPHRASE: '${{ secrets.PULUMI_CONFIG_PASSPHRASE }}',
    });
    expect(kubeconfig?.run).toMatch(/^umask 077\n/);
    expect(kubeconfig?.env).toEqual({ KUBECONFIG_TEXT: '${{ secrets.KUBECONFIG }}' });
  });

  test('lets no ref but the default branch into the environment of its keys', () => {
    const [plan] = allActionsEnvironments(delivery).filter(({ environment }) => environment === 'provision');

    expect(plan).toMatchObject({ branches: ['main'], tags: [] });
  });
});

test('drift is looked for every night in every stack, and changes nothing', () => {
  const jobs = pulumiIn(jobsOf('find-drift'));

  expect(jobs.map(([id]) => id)).toEqual(['drift-platform', 'drift-staging', 'drift-production']);
  for (const [, job, run] of jobs) {
    expect(run).toMatch(/^pulumi preview --refresh --expect-no-changes /);
    expect(job.environment).toBe('provision');
  }
});

test('a delivery whose workflows run Pulumi is valid', () => {
  expect(() => {
    validate(delivery, settings);
  }).not.toThrow();
});

test('fails for keys without which no stack can be read', () => {
  const without = (key: string): Delivery => ({
    ...delivery,
    credentials: delivery.credentials.map((one) =>
      one.name === provisioning.name
        ? { ...one, store: { ...one.store, keys: one.store.keys.filter((name) => name !== key) } }
        : one,
    ),
  });

  for (const key of ['PROVISION_TOKEN', 'PULUMI_BACKEND_URL', 'PULUMI_CONFIG_PASSPHRASE'])
    expect(lackingCredentials(without(key))).toEqual([
      { path: 'credentials.provision.store.keys', message: `needs the key ${key}` },
    ]);
});
