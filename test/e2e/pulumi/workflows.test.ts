import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { temporaryFolder } from '../../support/git.ts';
import { fillIn } from '../../workflows/runner/expression/evaluate-expression.ts';
import { readWorkflow, type ReadJob } from '../../workflows/runner/read-workflow.ts';
import { runScript, type ShellAnswer } from '../../workflows/runner/shell.ts';
import { EngineWorld, owner, patience, stacks } from './engine/engine-world.ts';
import { onTheEngine } from './engine/needs.ts';

jest.setTimeout(1_800_000);

/** The credentials of docs/pulumi.md, as somebody writes them into project.ts: workflows run Pulumi, and reviews show what it would do. */
const credentials = `
      ...(['provision', 'preview'] as const).map((name): Credential => ({
        name,
        purpose: 'administration',
        holder: \`portolan-\${name}\`,
        store: {
          kind: 'githubActions',
          repository: 'the-project-delivery',
          environment: name,
          keys: ['PROVISION_TOKEN', 'PULUMI_BACKEND_URL', 'PULUMI_CONFIG_PASSPHRASE', 'KUBECONFIG'],
          ...(name === 'preview' ? { approvers: ['maintainer'] } : {}),
        },
        scope: 'repositories, and what the clusters hold before the first sync',
      })),`;

/** What an account may that shows what a stack would come to. */
const role = 'docs/previewer-role.yaml';

/** Everything that changes something at GitHub. */
const writing = ['POST', 'PUT', 'PATCH', 'DELETE'] as const;

onTheEngine('the workflows that run Pulumi, on the real engine', () => {
  let world: EngineWorld;
  let secrets: Readonly<Record<string, string>>;
  let generated: string;
  const printed: string[] = [];
  const readers: string[] = [];

  beforeAll(async () => {
    world = await EngineWorld.open();
    const { project, gitHub, cluster } = world;
    project.copy.edit('project.ts', (text) =>
      text
        .replace("holds: ['program'],", "holds: ['program'], visibility: 'public',")
        .replace(/(?<=dockerHub\('production', .*\),)/, credentials),
    );
    const { variables } = project;
    secrets = {
      PROVISION_TOKEN: variables['GITHUB_TOKEN'] ?? '',
      PULUMI_BACKEND_URL: variables['PULUMI_BACKEND_URL'] ?? '',
      PULUMI_CONFIG_PASSPHRASE: readFileSync(variables['PULUMI_CONFIG_PASSPHRASE_FILE'] ?? '', 'utf8').trim(),
      KUBECONFIG: await cluster.run('config', 'view', '--minify', '--flatten'),
    };
    await world.init(...stacks);
    await project.pulumi([
      'config',
      'set-all',
      '--path',
      '--stack=platform',
      ...['provision', 'preview'].flatMap((name) =>
        Object.entries(secrets).flatMap(([key, value]) => ['--secret', `portolan:secrets.${name}.${key}=${value}`]),
      ),
    ]);
    project.copy.commit('Workflows run Pulumi');
    generated = temporaryFolder();
    const written = await project.copy.run(['workflows', '--output', generated]);
    if (written.code !== 0) throw new Error(written.stdout + written.stderr);
    expect(gitHub.host).not.toBe('');
  }, patience);

  afterAll(async () => {
    await world.cluster.kubectl(['delete', '--ignore-not-found', `--filename=${role}`]);
    await world.close();
  });

  const jobsOf = (file: string): Readonly<Record<string, ReadJob>> => {
    const path = join(generated, 'the-project-delivery', '.github', 'workflows', `portolan-${file}.yaml`);
    return readWorkflow(path, readFileSync(path, 'utf8')).jobs;
  };

  /** Runs what a job types, with the secrets of its environment and none of the variables of a person's shell; what is installed is there. */
  async function run(job: ReadJob | undefined, given = secrets): Promise<ShellAnswer> {
    const temporary = mkdtempSync(join(temporaryFolder(), 'job-'));
    const { GITHUB_TOKEN: _token, KUBECONFIG: _kubeconfig, ...rest } = world.project.variables;
    const { PULUMI_BACKEND_URL: _backend, PULUMI_CONFIG_PASSPHRASE_FILE: _passphrase, ...own } = rest;
    let variables: Readonly<Record<string, string>> = { ...own, RUNNER_TEMP: temporary };
    let answer: ShellAnswer = { code: 0, log: '', outputs: {}, env: {}, summary: '' };
    for (const step of (job?.steps ?? []).filter((one) => one.run !== undefined && one.run !== 'npm ci')) {
      const env = Object.fromEntries(
        Object.entries(step.env).map(([name, text]) => [
          name,
          fillIn(text, { contexts: { secrets: given, vars: {} } }),
        ]),
      );
      answer = await runScript(step.run ?? '', world.project.folder, { ...variables, ...env }, temporary);
      printed.push(answer.log, JSON.stringify(answer.outputs));
      variables = { ...variables, ...answer.env };
      if (answer.code !== 0) return answer;
    }
    return answer;
  }

  test('a merge makes every stack, one after the other, and the next one changes nothing', async () => {
    const ups = Object.entries(jobsOf('publish-program')).filter(([id]) => id.startsWith('up-'));

    expect(ups.map(([id, { needs }]) => [id, needs])).toEqual([
      ['up-platform', []],
      ['up-staging', ['up-platform']],
      ['up-production', ['up-staging']],
    ]);
    for (const [id, job] of ups) {
      const { code, log } = await run(job);
      expect([id, code, code === 0 ? '' : log]).toEqual([id, 0, '']);
    }
    for (const [id, job] of Object.entries(jobsOf('find-drift'))) {
      const { code, log } = await run(job);
      expect([id, code, code === 0 ? '' : log]).toEqual([id, 0, '']);
    }
  });

  test('drift fails for what somebody changed by hand, and says what', async () => {
    const variable = `/repos/${owner}/devops-kubernetes/environments/build/variables/DOCKERHUB_USERNAME`;
    await world.gitHub.api('PATCH', variable, { name: 'DOCKERHUB_USERNAME', value: 'somebody' });
    const { code, log } = await run(jobsOf('find-drift')['drift-platform']);
    await world.gitHub.api('PATCH', variable, { name: 'DOCKERHUB_USERNAME', value: owner });

    expect(code).not.toBe(0);
    expect(log).toContain('devops-kubernetes-build-DOCKERHUB_USERNAME');
  });

  /** The kubeconfig of the account that the documented role makes, by the token that the docs ask for. */
  async function readerOfTheCluster(): Promise<string> {
    const { cluster } = world;
    await cluster.run('apply', `--filename=${role}`);
    const account = 'portolan-previewer';
    const token = await cluster.run('create', 'token', account, '--namespace=argocd', '--duration=1h');
    readers.push(token);
    const config = JSON.parse(await cluster.run('config', 'view', '--minify', '--flatten', '--output=json')) as {
      readonly users: readonly { readonly name: string }[];
    };
    return JSON.stringify({ ...config, users: config.users.map(({ name }) => ({ name, user: { token } })) });
  }

  test('a review shows what each stack would come to, with rights to read alone, and changes nothing', async () => {
    const reading = { ...secrets, KUBECONFIG: await readerOfTheCluster() };
    await world.project.pulumi([
      'config',
      'set',
      '--path',
      'portolan:secrets.docker-hub-build.DOCKERHUB_USERNAME',
      'acme-builds',
      '--stack=platform',
    ]);
    const before = world.project.state('platform');
    await world.project.pulumi(
      ['config', 'set', '--secret', '--path', 'portolan:secrets.slack-webhook', '--stack=production'],
      {
        input: 'https://hooks.example/another',
      },
    );
    for (const method of writing)
      await world.gitHub.fail({ method, status: 403, message: 'Resource not accessible by personal access token' });
    await world.gitHub.forget();
    const { code, outputs } = await run(jobsOf('review-program')['preview'], reading);
    const asked = await world.gitHub.requests();
    await world.gitHub.behave();

    expect(code).toBe(0);
    expect(asked.filter(({ method }) => method !== 'GET')).toEqual([]);
    expect(asked.length).toBeGreaterThan(2);
    expect(outputs['previews']).toMatch(/~.*Secret +slack-webhook/);
    expect(outputs['previews']).not.toMatch(/forbidden|warning: /i);
    for (const stack of stacks) expect(outputs['previews']).toContain(`### pulumi preview --stack ${stack}\n`);
    expect(outputs['previews']).toMatch(/~.*devops-kubernetes-build-DOCKERHUB_USERNAME/);
    expect(outputs['previews']).not.toContain('the preview failed');
    expect(world.project.state('platform')).toBe(before);
  });

  test('no job prints a secret', () => {
    expect(printed.length).toBeGreaterThan(8);
    expect(readers).toHaveLength(1);
    for (const [name, value] of Object.entries({ ...secrets, readers: readers.join() }).filter(
      ([key]) => key !== 'PULUMI_BACKEND_URL',
    ))
      expect([name, printed.filter((text) => text.includes(value)).length]).toEqual([name, 0]);
  });
});
