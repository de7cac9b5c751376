import { join } from 'node:path';
import { unitOf } from '../../src/model/derived/units.ts';
import { describe, expect, test } from '@jest/globals';
import project, { ownSettings } from '#project';
import type { Credential } from '../../src/model/credential.ts';
import { environmentOf, type Delivery } from '../../src/model/delivery.ts';
import { argoApplicationName, argoProjectName, environmentBranch } from '../../src/model/names.ts';
import { parseSettings, type SettingsWith } from '../../src/model/settings/settings.ts';
import { readStrictYaml } from '../../src/model/formats/strict-yaml.ts';
import { validate } from '../../src/model/validation/validate.ts';
import { givenKeys, isGenerated } from '../../src/pulumi/credential-keys.ts';
import { readStackFiles } from '../../src/settings/read-stack-files.ts';
import { StackState } from '../../src/pulumi/state/stack-state.ts';
import { StackSecrets } from '../../src/pulumi/stack-secrets.ts';
import { renderEnvironment } from '../../src/render/render-environment.ts';
import { unitWorkflows, opsDefaultBranchWorkflows, repositoryWorkflows } from '../../src/workflows/workflows-of.ts';
import { deployKey } from './support/deploy-key.ts';
import { policyProblems } from './support/policy.ts';
import { listed, runStack, type Run } from './support/run-stack.ts';
import { emptyCluster } from './support/stack-context.ts';

const folder = join(import.meta.dirname, '..', '..');

/** Names that the model kept where a stack makes them, so that `status` and an update speak of the same things. */
const namesOf = (run: Run): readonly string[] => listed(run).map(([type, name]) => `${type} ${name}`);

const keptBy = (delivery: Delivery, stack: string): readonly Credential[] => {
  const names = delivery.environments.map(({ name }) => name);
  const own = delivery.environments.flatMap((environment) =>
    environment.name === stack ? environment.credentials : [],
  );
  const shared = delivery.credentials.filter(({ store }) => {
    const home =
      store.kind === 'githubActions' && store.environment !== undefined && names.includes(store.environment)
        ? store.environment
        : 'platform';
    return home === stack;
  });
  return [...own, ...shared].filter((credential) => !isGenerated(credential));
};

async function runProject(stack: string): Promise<{ readonly run: Run; readonly delivery: Delivery }> {
  const files = readStackFiles(folder);
  const committed = parseSettings(files, ownSettings);
  const settings: SettingsWith<typeof ownSettings> = {
    ...committed,
    platform: { ...committed.platform, github: { ...committed.platform.github, appId: 4711 } },
  };
  const delivery = project(settings);
  const secrets = Object.fromEntries(
    keptBy(delivery, stack).map((credential) => [
      credential.name,
      Object.fromEntries(
        givenKeys(credential).map((key) => [key, key === 'sshPrivateKey' ? deployKey : `value of ${key}`]),
      ),
    ]),
  );
  const run = await runStack({
    stack,
    delivery,
    settings,
    files,
    secrets: new StackSecrets(secrets),
    preview: false,
    bootstrap: (environment) =>
      Promise.resolve(
        renderEnvironment(delivery, environment, delivery.initialReleases[environment.name]!, {
          opsRepository: settings.platform.opsRepository,
        })
          .objects.filter(({ path }) => path.startsWith('bootstrap/'))
          .map(({ object }) => object),
      ),
    defaultBranchFiles: (ops) => opsDefaultBranchWorkflows(delivery, ops),
    lookUpGitHub: ({ actors }) =>
      Promise.resolve({
        numbers: new Map(actors.map(({ name }, i) => [name, i + 1])),
        missingRepositories: [],
        appInstalled: true,
      }),
    lookUpExisting: () => Promise.resolve(new Map<string, string>()),
    isPublished: () => Promise.resolve(false),
    lookUpCluster: () => Promise.resolve(emptyCluster),
    state: () => Promise.resolve(new StackState([])),
    committedFile: (name) => Promise.resolve(files[name]),
    warn: () => undefined,
  });
  return { run, delivery };
}

describe('the project of this repository', () => {
  test.each(['platform', 'staging', 'production'])('keeps the policy in %s', async (stack) => {
    const { run, delivery } = await runProject(stack);

    expect(policyProblems(delivery, run.resources)).toEqual([]);
  });

  test.each(['platform', 'staging', 'production'])(
    'takes from the file of %s every secret that its stack asks for',
    (stack) => {
      const files = readStackFiles(folder);
      const delivery = project(parseSettings(files, ownSettings));
      const secrets = Object.fromEntries(keptBy(delivery, stack).map(({ name }) => [name, { secure: 'v1:x' }]));
      const file = files[stack] as { readonly config: Readonly<Record<string, unknown>> };
      const settings = parseSettings(
        { ...files, [stack]: { config: { ...file.config, 'portolan:secrets': secrets } } },
        ownSettings,
      );

      expect(Object.keys(secrets)).not.toEqual([]);
      expect(() => {
        validate(project(settings), settings);
      }).not.toThrow();
    },
  );

  test('names in a stack what status names', async () => {
    const { run, delivery } = await runProject('production');
    const environment = environmentOf(delivery, 'production');

    expect(namesOf(run)).toEqual([
      'github:ActionsEnvironmentSecret devops-kubernetes-production-DOCKERHUB_TOKEN',
      'github:ActionsEnvironmentSecret devops-kubernetes-production-PROMOTER_PRIVATE_KEY',
      'github:ActionsEnvironmentSecret the-project-delivery-production-PROMOTER_PRIVATE_KEY',
      'github:ActionsEnvironmentVariable devops-kubernetes-production-DOCKERHUB_USERNAME',
      'github:ActionsEnvironmentVariable devops-kubernetes-production-PROMOTER_APP_ID',
      'github:ActionsEnvironmentVariable the-project-delivery-production-PROMOTER_APP_ID',
      'github:Branch production',
      'github:RepositoryDeployKey argocd-ops-read',
      'github:RepositoryEnvironment devops-kubernetes-production',
      'github:RepositoryEnvironment the-project-delivery-production',
      'github:RepositoryEnvironmentDeploymentPolicy devops-kubernetes-production-branch-main',
      'github:RepositoryEnvironmentDeploymentPolicy the-project-delivery-production-branch-main',
      'github:RepositoryRuleset production-history',
      'github:RepositoryRuleset production-writers',
      `kubernetes:argoproj.io/v1alpha1:AppProject ${argoProjectName(delivery, environment)}`,
      `kubernetes:argoproj.io/v1alpha1:Application ${argoApplicationName(delivery, environment)}`,
      'kubernetes:v1:Namespace production',
      'kubernetes:v1:Secret argocd-ops-read',
      'kubernetes:v1:Secret postgres',
      'kubernetes:v1:Secret slack-webhook',
      'pulumi:providers:github github',
      'pulumi:providers:kubernetes production-cluster',
      'random:RandomPassword postgres-POSTGRES_PASSWORD',
    ]);
    expect(run.outputs).toMatchObject({
      branch: environmentBranch('production'),
      applications: { 'the-project-production': 'argocd/the-project-production' },
    });
  });

  test('asks pull requests for checks that some workflow reports on them, by the name of its job', async () => {
    const { delivery } = await runProject('platform');
    interface Workflow {
      readonly on: Readonly<Record<string, unknown>>;
      readonly jobs: Readonly<Record<string, { readonly name: string }>>;
    }
    const reported = (files: ReadonlyMap<string, string>): readonly string[] =>
      [...files.values()]
        .map((text) => readStrictYaml('a workflow', text) as Workflow)
        .flatMap(({ on, jobs }) => ('pull_request' in on ? Object.values(jobs).map(({ name }) => name) : []));
    const asked = [
      ...delivery.repositories.map(({ name, protection }) => ({
        place: name,
        checks: protection?.checks ?? [],
        reported: reported(repositoryWorkflows(delivery)[name] ?? new Map()),
      })),
      ...delivery.stages.map(({ environment, gate }) => ({
        place: environment,
        checks: 'checks' in gate ? gate.checks : [],
        reported: reported(unitWorkflows(delivery, unitOf(delivery, { environment }))),
      })),
    ];

    expect(asked.filter(({ checks }) => checks.length > 0).map(({ place }) => place)).toEqual([
      'the-project-delivery',
      'production',
    ]);
    expect(
      asked.flatMap(({ place, checks, reported: names }) =>
        checks.filter((check) => !names.includes(check)).map((check) => `${place}: ${check}`),
      ),
    ).toEqual([]);
  });

  test('restarts what uses the database’s password, and nothing else, when its generation is raised', () => {
    const settings = parseSettings(readStackFiles(folder), ownSettings);
    const filesAt = (generation: number): ReadonlyMap<string, string> => {
      const production = { ...settings.environments['production']!, generations: { postgres: generation } };
      const delivery = project({ ...settings, environments: { ...settings.environments, production } });
      return renderEnvironment(
        delivery,
        environmentOf(delivery, 'production'),
        delivery.initialReleases['production']!,
        { opsRepository: settings.platform.opsRepository },
      ).files;
    };
    const [first, second] = [filesAt(1), filesAt(2)];
    const changed = [...second].flatMap(([path, text]) => {
      const before = first.get(path)?.split('\n') ?? [];
      const lines = text.split('\n').filter((line, i) => line !== before[i]);
      return lines.length === 0 ? [] : [[path.split('/').at(-1), ...lines.map((line) => line.trim())]];
    });

    // Jobs read the Secret at each run.
    expect(changed).toEqual([
      ['deployment.apps.production-todo-backend-dep.yaml', 'portolan/credential.postgres: "2"'],
      ['statefulset.apps.production-postgresql-db.yaml', 'portolan/credential.postgres: "2"'],
    ]);
  });

  test('keeps the Secrets that run today under their names', async () => {
    const { run } = await runProject('production');
    const secrets = run.resources
      .filter(({ type }) => type === 'kubernetes:core/v1:Secret')
      .map(({ inputs }) => inputs['metadata']);

    expect(secrets).toMatchObject([
      { name: 'the-project-production-ops', namespace: 'argocd' },
      { name: 'production-postgres-db-secret', namespace: 'production' },
      { name: 'slack-webhook-secret', namespace: 'production' },
    ]);
  });
});
