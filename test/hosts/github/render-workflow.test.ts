import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { actions } from '../../../src/hosts/workflow/actions.ts';
import { renderWorkflow } from '../../../src/hosts/github/render-workflow.ts';
import type { Job, Step, Workflow } from '../../../src/hosts/workflow/workflow.ts';

const workflow = (step: Step): Workflow => ({
  file: 'x',
  name: 'X',
  comment: 'For a test.\nTwo lines.',
  on: { push: { branches: ['main'] } },
  jobs: { one: { name: 'One', permissions: { contents: 'read' }, timeoutMinutes: 5, steps: [step] } },
});

test('writes comment, pinned action with its tag, and nothing that was not asked for', () => {
  expect(renderWorkflow(workflow({ name: 'Get it', uses: actions.checkout }))).toBe(`# For a test.
# Two lines.
name: X
on:
  push:
    branches:
      - main
permissions: {}
jobs:
  one:
    name: One
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    permissions:
      contents: read
    steps:
      - name: Get it
        uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
`);
});

test('writes what a run is called, and what it has to be given', () => {
  const inputs = { tag: { description: 'A tag', required: true, type: 'string' } } as const;
  const text = renderWorkflow({
    ...workflow({ name: 'Say it', run: 'true' }),
    runName: 'Release ${{ inputs.tag }}',
    on: { workflow_dispatch: { inputs } },
  });

  expect(text).toContain(`name: X
run-name: Release \${{ inputs.tag }}
on:
  workflow_dispatch:
    inputs:
      tag:
        description: A tag
        required: true
        type: string
permissions: {}
`);
});

test('fails on an expression inside a script', () => {
  expect(() => renderWorkflow(workflow({ name: 'Say it', run: 'echo ${{ github.head_ref }}' }))).toThrow(
    'portolan: the step "Say it" has an expression in its script; pass it through env',
  );
});

test('fails on a checkout without history in a job that runs the program, whichever command it runs', () => {
  const job = (depth: object): Workflow => {
    const { jobs, ...rest } = workflow({ name: 'Get it', uses: actions.checkout, with: { path: 'x', ...depth } });
    const one = jobs['one'] as Job;
    return {
      ...rest,
      jobs: { one: { ...one, steps: [...one.steps, { name: 'Go', run: 'npx --no-install portolan status' }] } },
    };
  };

  expect(renderWorkflow(job({ 'fetch-depth': 0 }))).toContain('fetch-depth: 0');
  for (const depth of [{}, { 'fetch-depth': 1 }])
    expect(() => renderWorkflow(job(depth))).toThrow(
      `portolan: the job "One" runs the program, and its step "Get it" cuts the history off; write 'fetch-depth': 0`,
    );
});

test('writes everything that a workflow can say, each where GitHub reads it', () => {
  const whole: Workflow = {
    file: 'x',
    name: 'Whole',
    runName: 'Run it',
    comment: 'All.',
    on: {
      push: { branches: ['main'], tags: ['v*'], paths: ['src/**'] },
      pull_request: { branches: ['trunk'], paths: ['docs/**'] },
      repository_dispatch: { types: ['built'] },
      schedule: [{ cron: '0 3 * * *' }],
      pull_request_target: { branches: ['env/*'], types: ['opened', 'edited'], because: 'it checks nothing out' },
      workflow_dispatch: {},
    },
    jobs: {
      first: {
        name: 'First',
        if: "github.actor != 'x'",
        needs: ['other'],
        environment: 'build',
        permissions: { contents: 'read', packages: 'write' },
        timeoutMinutes: 7,
        outputs: { a: 'b' },
        steps: [
          { name: 'Use', id: 'use', uses: actions.checkout, with: { path: 'x', 'fetch-depth': 0 } },
          { name: 'Run', id: 'run', run: 'one\ntwo', env: { A: 'b' }, workingDirectory: 'x' },
        ],
      },
      called: {
        name: 'Called',
        if: 'always()',
        needs: ['first'],
        calls: '.github/workflows/test.yaml',
        permissions: {},
      },
      plain: { name: 'Plain', calls: '.github/workflows/b.yaml', permissions: { contents: 'read' } },
    },
  };

  const text = renderWorkflow(whole);

  expect(parse(text)).toEqual({
    name: 'Whole',
    'run-name': 'Run it',
    on: {
      push: { branches: ['main'], tags: ['v*'], paths: ['src/**'] },
      pull_request: { branches: ['trunk'], paths: ['docs/**'] },
      repository_dispatch: { types: ['built'] },
      schedule: [{ cron: '0 3 * * *' }],
      pull_request_target: { branches: ['env/*'], types: ['opened', 'edited'] },
      workflow_dispatch: {},
    },
    permissions: {},
    jobs: {
      first: {
        name: 'First',
        'runs-on': 'ubuntu-24.04',
        'timeout-minutes': 7,
        if: "github.actor != 'x'",
        needs: ['other'],
        environment: 'build',
        permissions: { contents: 'read', packages: 'write' },
        outputs: { a: 'b' },
        steps: [
          {
            name: 'Use',
            id: 'use',
            uses: `actions/checkout@${actions.checkout.commit}`,
            with: { path: 'x', 'fetch-depth': 0 },
          },
          { name: 'Run', id: 'run', 'working-directory': 'x', env: { A: 'b' }, run: 'one\ntwo' },
        ],
      },
      called: {
        name: 'Called',
        if: 'always()',
        needs: ['first'],
        permissions: {},
        uses: './.github/workflows/test.yaml',
      },
      plain: { name: 'Plain', permissions: { contents: 'read' }, uses: './.github/workflows/b.yaml' },
    },
  });
  expect(text).toContain('on:\n  # zizmor: ignore[dangerous-triggers] it checks nothing out\n  push:');
  expect(text).toContain('run: |-\n          one\n          two');
});
