import { resolve } from 'node:path';
import { expect, jest, test } from '@jest/globals';
import { ProjectCopy } from '../support/project-copy.ts';

jest.setTimeout(60_000);

test('check --ops says what publishing would have to make again, and check alone does not', async () => {
  const copy = new ProjectCopy();
  await copy.run(['publish', 'staging']);
  copy.edit('project.ts', (text) => text.replace("claimTemplate: 'postgresql-db-disk'", "claimTemplate: 'data'"));

  const [alone, beside] = await copy.runEach([['check'], ['check', '--ops', '.portolan/ops.git']]);

  expect(alone).toMatchObject({ code: 0, stdout: 'Nothing to mend.\n' });
  expect(beside).toMatchObject({ code: 1, stdout: '' });
  expect(beside?.stderr).toContain('StatefulSet/staging-postgresql-db spec.volumeClaimTemplates');
  expect(beside?.stderr).toContain('(immutable-fields)');
});

/** Two credentials that workflows need are gone, and an exception names no check. */
const mistaken = (text: string): string =>
  text
    .replace(
      "    name: 'the-project',\n    repositories",
      "    name: 'the-project',\n    exceptions: [{ check: 'probez', object: 'Deployment/x', reason: 'a test' }],\n    repositories",
    )
    .replace(/^ *reader\('(?:review-program|verify-ops)'.*\n/gm, '');

/** What a workflow says that lacks a credential to read with. */
const needsReader = (repository: string): string =>
  `the workflows of ${repository} need one with purpose "gitRead" in the GitHub environment "review"; add { purpose: 'gitRead', store: { kind: 'githubActions', repository: '${repository}', environment: 'review', … } }`;

test('fails with what was found before what stopped it, and with every credential that a workflow lacks', async () => {
  const copy = new ProjectCopy();
  copy.edit('project.ts', mistaken);

  const [forPeople, forMachines] = await copy.runEach([
    ['check', '--ops', '/nowhere/ops.git'],
    ['check', '--json', '--ops', '/nowhere/ops.git'],
  ]);

  const needs = needsReader;
  const exception = 'there is no check "probez"; write "probes"';
  expect(forPeople).toMatchObject({ code: 1, stdout: '' });
  expect((forPeople?.stderr ?? '').split('\n').filter((line) => !/^ {2}[✔✖]/.test(line))).toEqual([
    'portolan: the-project cannot be delivered like this (1 finding)',
    `  exceptions Deployment/x probez: ${exception} (exceptions)`,
    'portolan: the ops repository could not be used',
    '  there is no Git repository at /nowhere/ops.git',
    expect.stringContaining('git rev-parse'),
    '    next: check the address; "git init --bare FOLDER" makes a local one',
    'portolan: the delivery is not valid (2 problems)',
    `  credentials: ${needs('the-project-delivery')}`,
    `  credentials: ${needs('the-project-ops')}`,
    '',
  ]);
  expect(forMachines).toMatchObject({ code: 1, stderr: '' });
  expect(JSON.parse(forMachines?.stdout ?? '')).toMatchObject({
    findings: [{ check: 'exceptions', message: exception }],
    refusals: [{ code: 'not-a-repository' }],
    problems: [
      { path: 'credentials', message: needs('the-project-delivery') },
      { path: 'credentials', message: needs('the-project-ops') },
    ],
  });
});

/** Two credentials that workflows need are gone, and a rule of the model is broken. */
const broken = (text: string): string =>
  text.replace(/^ *reader\('(?:review-program|verify-ops)'.*\n/gm, '').replace('natsPort = 4222', 'natsPort = 99999');

test('fails with the credentials that workflows lack even when a rule is broken', async () => {
  const copy = new ProjectCopy();
  copy.edit('project.ts', broken);

  const { code, stdout } = await copy.run(['check', '--json']);

  const { problems } = JSON.parse(stdout) as { problems: readonly { path: string; message: string }[] };
  expect(code).toBe(1);
  expect(problems.filter(({ path }) => path === 'credentials')).toEqual(
    ['the-project-delivery', 'the-project-ops'].map((name) => ({ path: 'credentials', message: needsReader(name) })),
  );
  expect(problems.filter(({ path }) => path !== 'credentials')).not.toEqual([]);
});

test('fails with what it found in the other environments, and then with the stack file that is no YAML', async () => {
  const copy = new ProjectCopy();
  copy.edit('project.ts', (text) =>
    text.replace(
      "    name: 'the-project',\n    repositories",
      "    name: 'the-project',\n    exceptions: [{ check: 'probez', object: 'Deployment/x', reason: 'a test' }],\n    repositories",
    ),
  );
  copy.edit('Pulumi.staging.yaml', (text) => `${text}\tportolan:nodeName: other\n`);

  const [forPeople, forMachines] = await copy.runEach([['check'], ['check', '--json']]);

  expect(forPeople).toMatchObject({ code: 1, stdout: '' });
  expect((forPeople?.stderr ?? '').split('\n').filter((line) => !/^ {2}[✔✖]/.test(line))).toEqual([
    'portolan: the-project cannot be delivered like this (1 finding)',
    '  exceptions Deployment/x probez: there is no check "probez"; write "probes" (exceptions)',
    'portolan: the configuration is not valid (1 problem)',
    '  Pulumi.staging.yaml:7:1: tabs are not allowed as indentation',
    '',
  ]);
  expect(JSON.parse(forMachines?.stdout ?? '')).toMatchObject({
    findings: [{ check: 'exceptions' }],
    problems: [{ path: 'Pulumi.staging.yaml:7:1' }],
  });
});

test('fails with what is wrong with the delivery beside a broken stack file, and not with what that file causes', async () => {
  const copy = new ProjectCopy();
  copy.edit('project.ts', (text) =>
    text.replace("    name: 'the-project',\n    repositories", "    name: 'The Project',\n    repositories"),
  );
  copy.edit('Pulumi.staging.yaml', (text) => text.replace('broadcaster: 6', 'broadcaster: many'));

  const [forPeople, forMachines] = await copy.runEach([['check'], ['check', '--json']]);

  expect(forPeople).toMatchObject({ code: 1, stdout: '' });
  const told = (forPeople?.stderr ?? '').split('\n').filter((line) => !/^ {2}[✔✖]/.test(line));
  expect(told.filter((line) => line.startsWith('portolan: '))).toEqual([
    'portolan: the configuration is not valid (1 problem)',
    expect.stringMatching(/^portolan: the delivery is not valid/),
  ]);
  const { problems } = JSON.parse(forMachines?.stdout ?? '') as { problems: readonly { path: string }[] };
  expect(problems[0]?.path).toBe('Pulumi.staging.yaml: config.portolan:replicas.broadcaster');
  expect(problems.map(({ path }) => path)).toContain('name');
  expect(problems.filter(({ path }) => /^(?:environments|initialReleases)\.staging/.test(path))).toEqual([]);
});

test('fails with a broken stack file alone where other environments only meet what it would have kept apart', async () => {
  const copy = new ProjectCopy('craftista');
  copy.edit('Pulumi.dev.yaml', (text) => text.replace(/portolan:host: .*/, 'portolan:host: Two Words'));

  const { code, stdout } = await copy.runShell(`node ${resolve('bin/portolan.cjs')} check --json`);

  const { problems } = JSON.parse(stdout) as { problems: readonly { path: string }[] };
  expect(code).toBe(1);
  expect(problems.map(({ path }) => path)).toEqual(['Pulumi.dev.yaml: config.portolan:host']);
});

test('fails once for a patch that matches nothing in any environment, and with what else it found', async () => {
  const copy = new ProjectCopy();
  copy.edit('project.ts', (text) =>
    mistaken(text).replace(
      '  databases: [postgres(place)],\n',
      "$&  patches: [{ kind: 'Deployment', name: 'nowhere', merge: { spec: { paused: true } }, reason: 'a test' }],\n",
    ),
  );

  const { code, stdout } = await copy.run(['check', '--json']);

  const { problems } = JSON.parse(stdout) as { problems: readonly { path: string; also?: readonly string[] }[] };
  expect(code).toBe(1);
  expect(problems.map(({ path, also }) => [path, also])).toEqual([
    ['environments.staging.applications.the-project.patches[0]', ['production']],
    ['credentials', undefined],
    ['credentials', undefined],
  ]);
});
