import { describe, expect, test } from '@jest/globals';
import type { StackContext } from '../../src/pulumi/stack-context.ts';
import { StackSecrets } from '../../src/pulumi/stack-secrets.ts';
import { withEnvironment, withStage } from '../support/valid-delivery.ts';
import { deployKeyPublic } from './support/deploy-key.ts';
import { guardedDelivery } from './support/guarded-delivery.ts';
import { bootstrapOf, contextFor, planted, secretsOf, settingsFor } from './support/stack-context.ts';
import { changedBetween, listed, runStack } from './support/run-stack.ts';

describe('the stack of an environment', () => {
  test('without a gate is a branch that the promotion identity alone writes, and what the cluster needs first', async () => {
    const run = await runStack(contextFor('dev'));

    expect(listed(run)).toEqual([
      [
        'github:ActionsEnvironmentSecret',
        'shop-dev-PROMOTION_PRIVATE_KEY',
        { environment: 'dev', repository: 'shop', secretName: 'PROMOTION_PRIVATE_KEY', value: '[secret]' },
      ],
      [
        'github:ActionsEnvironmentVariable',
        'shop-dev-PROMOTION_APP_ID',
        { environment: 'dev', repository: 'shop', value: '4711', variableName: 'PROMOTION_APP_ID' },
      ],
      ['github:Branch', 'dev', { branch: 'env/dev', repository: 'shop-ops', sourceBranch: 'main' }],
      [
        'github:RepositoryDeployKey',
        'ops-read',
        {
          key: deployKeyPublic,
          readOnly: true,
          repository: 'shop-ops',
          title: 'Argo CD, dev',
        },
      ],
      [
        'github:RepositoryEnvironment',
        'shop-dev',
        {
          deploymentBranchPolicy: { customBranchPolicies: true, protectedBranches: false },
          environment: 'dev',
          repository: 'shop',
        },
      ],
      [
        'github:RepositoryEnvironmentDeploymentPolicy',
        'shop-dev-branch-main',
        { branchPattern: 'main', environment: 'dev', repository: 'shop' },
      ],
      [
        'github:RepositoryRuleset',
        'dev-history',
        {
          bypassActors: [],
          conditions: { refName: { excludes: [], includes: ['refs/heads/env/dev'] } },
          enforcement: 'active',
          name: 'env/dev: history',
          repository: 'shop-ops',
          rules: { deletion: true, nonFastForward: true, requiredLinearHistory: true },
          target: 'branch',
        },
      ],
      [
        'github:RepositoryRuleset',
        'dev-writers',
        {
          bypassActors: [{ actorId: 4711, actorType: 'Integration', bypassMode: 'always' }],
          conditions: { refName: { excludes: [], includes: ['refs/heads/env/dev'] } },
          enforcement: 'active',
          name: 'env/dev: writers',
          repository: 'shop-ops',
          rules: { update: true },
          target: 'branch',
        },
      ],
      [
        'kubernetes:argoproj.io/v1alpha1:AppProject',
        'shop-dev',
        {
          apiVersion: 'argoproj.io/v1alpha1',
          kind: 'AppProject',
          metadata: { name: 'shop-dev', namespace: 'argocd' },
          spec: { sourceRepos: ['git@github.com:acme/shop-ops.git'] },
        },
      ],
      [
        'kubernetes:argoproj.io/v1alpha1:Application',
        'shop-dev',
        {
          apiVersion: 'argoproj.io/v1alpha1',
          kind: 'Application',
          metadata: { name: 'shop-dev', namespace: 'argocd' },
          spec: {
            project: 'shop-dev',
            source: { repoURL: 'git@github.com:acme/shop-ops.git', targetRevision: 'env/dev' },
          },
        },
      ],
      [
        'kubernetes:v1:Namespace',
        'dev',
        {
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'restricted' }, name: 'dev' },
        },
      ],
      [
        'kubernetes:v1:Secret',
        'ops-read',
        {
          apiVersion: 'v1',
          data: '[secret]',
          kind: 'Secret',
          metadata: {
            annotations: { 'portolan/generation': '1' },
            labels: { 'argocd.argoproj.io/secret-type': 'repository' },
            name: 'shop-ops-dev',
            namespace: 'argocd',
          },
          type: 'Opaque',
        },
      ],
      [
        'kubernetes:v1:Secret',
        'orders-db-password',
        {
          apiVersion: 'v1',
          data: '[secret]',
          kind: 'Secret',
          metadata: { annotations: { 'portolan/generation': '1' }, name: 'dev-orders-db-secret', namespace: 'dev' },
          type: 'Opaque',
        },
      ],
      ['pulumi:providers:github', 'github', { baseUrl: 'https://api.github.com/', owner: 'acme' }],
      [
        'pulumi:providers:kubernetes',
        'dev-cluster',
        {
          clusterIdentifier: 'local',
          context: 'kind-shop',
          enablePatchForce: 'true',
          enableSecretMutable: 'true',
          kubeconfig: '',
          upsertExistingObjects: 'false',
        },
      ],
      [
        'random:RandomPassword',
        'orders-db-password-POSTGRES_PASSWORD',
        { keepers: { generation: '1' }, length: 32, special: false },
      ],
    ]);
  });

  test('with a gate is a branch that takes reviewed pull requests alone, and one more Secret', async () => {
    const run = await runStack(contextFor('prod'));

    expect(listed(run)).toEqual([
      [
        'github:ActionsEnvironmentSecret',
        'shop-prod-PROMOTION_PRIVATE_KEY',
        { environment: 'prod', repository: 'shop', secretName: 'PROMOTION_PRIVATE_KEY', value: '[secret]' },
      ],
      [
        'github:ActionsEnvironmentVariable',
        'shop-prod-PROMOTION_APP_ID',
        { environment: 'prod', repository: 'shop', value: '4711', variableName: 'PROMOTION_APP_ID' },
      ],
      ['github:Branch', 'prod', { branch: 'env/prod', repository: 'shop-ops', sourceBranch: 'main' }],
      [
        'github:RepositoryDeployKey',
        'ops-read',
        {
          key: deployKeyPublic,
          readOnly: true,
          repository: 'shop-ops',
          title: 'Argo CD, prod',
        },
      ],
      [
        'github:RepositoryEnvironment',
        'shop-prod',
        {
          deploymentBranchPolicy: { customBranchPolicies: true, protectedBranches: false },
          environment: 'prod',
          repository: 'shop',
        },
      ],
      [
        'github:RepositoryEnvironmentDeploymentPolicy',
        'shop-prod-branch-main',
        { branchPattern: 'main', environment: 'prod', repository: 'shop' },
      ],
      [
        'github:RepositoryRuleset',
        'prod-history',
        {
          bypassActors: [],
          conditions: { refName: { excludes: [], includes: ['refs/heads/env/prod'] } },
          enforcement: 'active',
          name: 'env/prod: history',
          repository: 'shop-ops',
          rules: { deletion: true, nonFastForward: true, requiredLinearHistory: true },
          target: 'branch',
        },
      ],
      [
        'github:RepositoryRuleset',
        'prod-writers',
        {
          bypassActors: [{ actorId: 52, actorType: 'User', bypassMode: 'always' }],
          conditions: { refName: { excludes: [], includes: ['refs/heads/env/prod'] } },
          enforcement: 'active',
          name: 'env/prod: writers',
          repository: 'shop-ops',
          rules: {
            pullRequest: {
              allowedMergeMethods: ['rebase'],
              dismissStaleReviewsOnPush: true,
              requireCodeOwnerReview: false,
              requireLastPushApproval: true,
              requiredApprovingReviewCount: 1,
              requiredReviewThreadResolution: false,
              requiredReviewers: [
                { filePatterns: ['*', '**/*'], minimumApprovals: 1, reviewer: { id: 31, type: 'Team' } },
              ],
            },
            requiredStatusChecks: {
              doNotEnforceOnCreate: true,
              requiredChecks: [
                { context: 'verify', integrationId: 15368 },
                { context: 'guard', integrationId: 15368 },
              ],
              strictRequiredStatusChecksPolicy: true,
            },
          },
          target: 'branch',
        },
      ],
      [
        'kubernetes:argoproj.io/v1alpha1:AppProject',
        'shop-prod',
        {
          apiVersion: 'argoproj.io/v1alpha1',
          kind: 'AppProject',
          metadata: { name: 'shop-prod', namespace: 'argocd' },
          spec: { sourceRepos: ['git@github.com:acme/shop-ops.git'] },
        },
      ],
      [
        'kubernetes:argoproj.io/v1alpha1:Application',
        'shop-prod',
        {
          apiVersion: 'argoproj.io/v1alpha1',
          kind: 'Application',
          metadata: { name: 'shop-prod', namespace: 'argocd' },
          spec: {
            project: 'shop-prod',
            source: { repoURL: 'git@github.com:acme/shop-ops.git', targetRevision: 'env/prod' },
          },
        },
      ],
      [
        'kubernetes:v1:Namespace',
        'prod',
        {
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'restricted' }, name: 'prod' },
        },
      ],
      [
        'kubernetes:v1:Secret',
        'bank-token',
        {
          apiVersion: 'v1',
          data: '[secret]',
          kind: 'Secret',
          metadata: { annotations: { 'portolan/generation': '1' }, name: 'bank-token', namespace: 'prod' },
          type: 'Opaque',
        },
      ],
      [
        'kubernetes:v1:Secret',
        'ops-read',
        {
          apiVersion: 'v1',
          data: '[secret]',
          kind: 'Secret',
          metadata: {
            annotations: { 'portolan/generation': '1' },
            labels: { 'argocd.argoproj.io/secret-type': 'repository' },
            name: 'shop-ops-prod',
            namespace: 'argocd',
          },
          type: 'Opaque',
        },
      ],
      [
        'kubernetes:v1:Secret',
        'orders-db-password',
        {
          apiVersion: 'v1',
          data: '[secret]',
          kind: 'Secret',
          metadata: { annotations: { 'portolan/generation': '1' }, name: 'prod-orders-db-secret', namespace: 'prod' },
          type: 'Opaque',
        },
      ],
      ['pulumi:providers:github', 'github', { baseUrl: 'https://api.github.com/', owner: 'acme' }],
      [
        'pulumi:providers:kubernetes',
        'prod-cluster',
        {
          clusterIdentifier: 'local',
          context: 'kind-shop',
          enablePatchForce: 'true',
          enableSecretMutable: 'true',
          kubeconfig: '',
          upsertExistingObjects: 'false',
        },
      ],
      [
        'random:RandomPassword',
        'orders-db-password-POSTGRES_PASSWORD',
        { keepers: { generation: '1' }, length: 32, special: false },
      ],
    ]);
  });

  test('makes a pull secret of the one type that a kubelet reads', async () => {
    const delivery = withEnvironment(guardedDelivery(), 'dev', (environment) => ({
      ...environment,
      credentials: [
        ...environment.credentials,
        {
          name: 'pull',
          purpose: 'registryRead',
          holder: 'the kubelet',
          store: { kind: 'kubernetes', secretName: 'dev-pull', keys: ['.dockerconfigjson'] },
          scope: 'pull acme/*',
        },
      ],
    }));
    const secretValues = new StackSecrets({ ...secretsOf('dev'), pull: '{"auths":{}}' });
    const run = await runStack(contextFor('dev', { delivery, secrets: secretValues }));
    const secrets = listed(run).filter(([type]) => type === 'kubernetes:v1:Secret');

    expect(secrets.map(([, name, inputs]) => [name, (inputs as { readonly type: unknown }).type])).toEqual([
      ['ops-read', 'Opaque'],
      ['orders-db-password', 'Opaque'],
      ['pull', 'kubernetes.io/dockerconfigjson'],
    ]);
  });

  test('tells where it is, and the next command', async () => {
    const { outputs } = await runStack(contextFor('dev'));

    expect(outputs).toEqual({
      opsRepository: 'https://github.com/acme/shop-ops.git',
      branch: 'env/dev',
      applications: { 'shop-dev': 'argocd/shop-dev' },
      next: 'npx portolan workflows --write; commit and merge what it wrote: the workflow publishes dev',
    });
  });

  test('links to Argo CD where its address is set', async () => {
    const settings = settingsFor(guardedDelivery());
    const dev = { ...settings.environments['dev']!, engineUrl: 'https://argocd.acme.example/' };
    const { outputs } = await runStack(
      contextFor('dev', { settings: { ...settings, environments: { ...settings.environments, dev } } }),
    );

    expect(outputs).toMatchObject({
      applications: { 'shop-dev': 'https://argocd.acme.example/applications/argocd/shop-dev' },
    });
  });

  test('is a tree in the words of the model, and every child has its parent', async () => {
    const { resources } = await runStack(contextFor('dev'));

    expect(
      resources.map(({ type, name, parent }) => `${type.replace(/:index\/.*:/, ':')} ${name} < ${parent ?? ''}`),
    ).toEqual([
      'github:ActionsEnvironmentSecret shop-dev-PROMOTION_PRIVATE_KEY < portolan:github:ActionsEnvironment shop-dev',
      'github:ActionsEnvironmentVariable shop-dev-PROMOTION_APP_ID < portolan:github:ActionsEnvironment shop-dev',
      'github:Branch dev < portolan:github:EnvironmentBranch dev',
      'github:RepositoryDeployKey ops-read < portolan:github:DeployKey ops-read',
      'github:RepositoryEnvironment shop-dev < portolan:github:ActionsEnvironment shop-dev',
      'github:RepositoryEnvironmentDeploymentPolicy shop-dev-branch-main < portolan:github:ActionsEnvironment shop-dev',
      'github:RepositoryRuleset dev-history < portolan:github:EnvironmentBranch dev',
      'github:RepositoryRuleset dev-writers < portolan:github:EnvironmentBranch dev',
      'kubernetes:argoproj.io/v1alpha1:AppProject shop-dev < portolan:cluster:Cluster dev',
      'kubernetes:argoproj.io/v1alpha1:Application shop-dev < portolan:cluster:Cluster dev',
      'kubernetes:core/v1:Namespace dev < portolan:cluster:Cluster dev',
      'kubernetes:core/v1:Secret ops-read < portolan:cluster:Secret ops-read',
      'kubernetes:core/v1:Secret orders-db-password < portolan:cluster:Secret orders-db-password',
      'portolan:cluster:Cluster dev < portolan:index:Environment dev',
      'portolan:cluster:Secret ops-read < portolan:cluster:Cluster dev',
      'portolan:cluster:Secret orders-db-password < portolan:cluster:Cluster dev',
      'portolan:github:ActionsEnvironment shop-dev < portolan:index:Environment dev',
      'portolan:github:DeployKey ops-read < portolan:index:Environment dev',
      'portolan:github:EnvironmentBranch dev < portolan:index:Environment dev',
      'portolan:index:Environment dev < pulumi:pulumi:Stack the-shop-dev',
      'pulumi:providers:github github < portolan:index:Environment dev',
      'pulumi:providers:kubernetes dev-cluster < portolan:cluster:Cluster dev',
      'pulumi:pulumi:Stack the-shop-dev < ',
      'random:RandomPassword orders-db-password-POSTGRES_PASSWORD < portolan:cluster:Secret orders-db-password',
    ]);
  });

  test('needs no alias, because nothing was renamed yet', async () => {
    const { resources } = await runStack(contextFor('prod'));

    expect(resources.filter(({ aliases }) => aliases > 0)).toEqual([]);
  });

  test('keeps namespace, passwords, Secrets and the record of what ran when the stack goes', async () => {
    const { resources } = await runStack(contextFor('prod'));

    expect(
      resources
        .filter(({ retainOnDelete }) => retainOnDelete)
        .map(({ type, name }) => `${type.split(':').at(-1)!} ${name}`),
    ).toEqual([
      'Branch prod',
      'Namespace prod',
      'Secret bank-token',
      'Secret orders-db-password',
      'RandomPassword orders-db-password-POSTGRES_PASSWORD',
    ]);
  });

  test('makes the Application after AppProject, Namespace and Secrets, and the rulesets after the branch', async () => {
    const { resources } = await runStack(contextFor('dev'));
    const waits = (type: string): readonly string[] => resources.find((one) => one.type.endsWith(type))!.dependsOn;

    expect(waits(':Application')).toEqual(
      expect.arrayContaining([
        'kubernetes:core/v1:Namespace dev',
        'kubernetes:argoproj.io/v1alpha1:AppProject shop-dev',
        'kubernetes:core/v1:Secret orders-db-password',
      ]),
    );
    expect(waits(':AppProject')).toEqual(expect.arrayContaining(['kubernetes:core/v1:Namespace dev']));
    expect(waits(':RepositoryRuleset')).toEqual(['github:index/branch:Branch dev']);
    expect(waits(':ActionsEnvironmentSecret')).toContain(
      'github:index/repositoryEnvironmentDeploymentPolicy:RepositoryEnvironmentDeploymentPolicy shop-dev-branch-main',
    );
  });

  test('does not touch what Argo CD and the cluster write', async () => {
    const { resources } = await runStack(contextFor('dev'));

    expect(
      resources
        .filter(({ ignoreChanges, type }) => ignoreChanges.length > 0 && type.startsWith('kubernetes:'))
        .map(({ type, ignoreChanges }) => [type.split(':').at(-1), ...ignoreChanges]),
    ).toEqual([
      ['AppProject', 'status'],
      ['Application', 'operation', 'status'],
      ['Namespace', 'spec', 'status'],
    ]);
  });

  test('puts every given value and the generated one into its Secret', async () => {
    const { resources } = await runStack(contextFor('prod'));
    const data = (name: string): unknown =>
      resources.find((one) => one.type.endsWith(':Secret') && one.type.startsWith('kubernetes:') && one.name === name)!
        .secretInputs[0];
    const decoded = (name: string) =>
      Object.fromEntries(
        Object.entries(data(name) as Record<string, string>).map(([key, value]) => [
          key,
          Buffer.from(value, 'base64').toString(),
        ]),
      );

    expect(decoded('bank-token')).toEqual({ token: planted.bank });
    expect(decoded('orders-db-password')).toEqual({ POSTGRES_PASSWORD: 'generated-password' });
    expect(decoded('ops-read')).toEqual({
      type: 'git',
      url: 'git@github.com:acme/shop-ops.git',
      project: 'shop-prod',
      name: 'shop-ops-prod',
      sshPrivateKey: planted.deployKey,
    });
  });

  test('takes a given password instead of generating one', async () => {
    const run = await runStack(
      contextFor('dev', { secrets: new StackSecrets({ ...secretsOf('dev'), 'orders-db-password': planted.password }) }),
    );

    expect(changedBetween(await runStack(contextFor('dev')), run)).toEqual([
      'RandomPassword orders-db-password-POSTGRES_PASSWORD',
      'Secret orders-db-password',
    ]);
    expect(run.resources.filter(({ type }) => type.startsWith('random:'))).toEqual([]);
  });

  test('a raised generation makes a new password and changes its Secret alone', async () => {
    const delivery = withEnvironment(guardedDelivery(), 'dev', (environment) => ({
      ...environment,
      credentials: environment.credentials.map((credential) =>
        credential.name === 'orders-db-password' ? { ...credential, generation: 2 } : credential,
      ),
    }));

    expect(changedBetween(await runStack(contextFor('dev')), await runStack(contextFor('dev', { delivery })))).toEqual([
      'RandomPassword orders-db-password-POSTGRES_PASSWORD',
      'Secret orders-db-password',
    ]);
  });

  test('taking over imports what is there as it is, and makes the rest', async () => {
    const settings = settingsFor(guardedDelivery());
    const dev = { ...settings.environments['dev']!, adopt: true };
    const context = contextFor('dev', {
      settings: { ...settings, environments: { ...settings.environments, dev } },
      secrets: new StackSecrets({ ...secretsOf('dev'), 'orders-db-password': planted.password }),
      lookUpCluster: () =>
        Promise.resolve({
          existing: new Set([
            'Namespace dev',
            'Application argocd/shop-dev',
            'Secret dev/dev-orders-db-secret',
            'PersistentVolumeClaim dev/orders-db-disk-dev-orders-db-0',
          ]),
          secrets: new Map([
            [
              'Secret dev/dev-orders-db-secret',
              { annotations: {}, values: new Map([['POSTGRES_PASSWORD', planted.password]]) },
            ],
          ]),
        }),
    });
    const { resources } = await runStack(context);

    expect(
      resources
        .filter(({ importId }) => importId !== '')
        .map(({ type, importId, ignoreChanges }) => [type.split(':').at(-1), importId, ...ignoreChanges]),
    ).toEqual([
      ['Application', 'argocd/shop-dev', 'metadata', 'spec', 'status', 'operation'],
      ['Namespace', 'dev', 'metadata', 'spec', 'status', 'operation'],
      ['Secret', 'dev/dev-orders-db-secret', 'metadata', 'type', 'data', 'immutable', 'stringData'],
    ]);
    expect(resources.map(({ type }) => type)).toContain('kubernetes:argoproj.io/v1alpha1:AppProject');
    expect(context.warnings).toEqual([
      'takes over as it is: Application argocd/shop-dev, Namespace dev, Secret dev/dev-orders-db-secret; when this update is through: pulumi config rm portolan:adopt --stack dev',
    ]);
  });

  test('that is about to go lets nobody write its branch, and both of its rules outlive it', async () => {
    const settings = settingsFor(guardedDelivery());
    const run = async (stack: string, retired: boolean) => {
      const own = { ...settings.environments[stack]!, retired };
      const { resources } = await runStack(
        contextFor(stack, { settings: { ...settings, environments: { ...settings.environments, [stack]: own } } }),
      );
      return resources.filter(({ type }) => type.endsWith(':RepositoryRuleset'));
    };

    for (const stack of ['dev', 'prod']) {
      expect((await run(stack, true)).map(({ inputs }) => [inputs['bypassActors'], inputs['rules']])).toEqual([
        [[], { deletion: true, nonFastForward: true, requiredLinearHistory: true }],
        [[], { update: true }],
      ]);
      expect((await run(stack, true)).map(({ retainOnDelete }) => retainOnDelete)).toEqual([true, true]);
      expect((await run(stack, false)).map(({ retainOnDelete }) => retainOnDelete)).toEqual([false, false]);
    }
  });

  test('goes on allowing a kind that Argo CD still runs, says so, and forgets one that it does not', async () => {
    const context = contextFor('dev', {
      lookUpCluster: () =>
        Promise.resolve({
          existing: new Set(),
          secrets: new Map(),
          kindsInUse: [{ list: 'namespaceResourceWhitelist', group: 'policy', kind: 'PodDisruptionBudget' }],
        }),
    });
    const projectOf = async (one: typeof context) =>
      (await runStack(one)).resources.find(({ type }) => type.endsWith('AppProject'))?.inputs['spec'];

    expect(await projectOf(context)).toMatchObject({
      namespaceResourceWhitelist: [{ group: 'policy', kind: 'PodDisruptionBudget' }],
    });
    expect(context.warnings).toEqual([
      'AppProject argocd/shop-dev keeps allowing PodDisruptionBudget.policy: Argo CD still runs one, and would forget it; ' +
        'publish dev, see it pruned with "npx portolan wait dev", then once more: pulumi up --stack dev',
    ]);
    const without = contextFor('dev');
    expect(await projectOf(without)).not.toHaveProperty('namespaceResourceWhitelist');
    expect(without.warnings).toEqual([]);
  });

  test('says so when there is nothing to take over', async () => {
    const settings = settingsFor(guardedDelivery());
    const dev = { ...settings.environments['dev']!, adopt: true };
    const context = contextFor('dev', { settings: { ...settings, environments: { ...settings.environments, dev } } });
    const { resources } = await runStack(context);

    expect(resources.filter(({ importId }) => importId !== '')).toEqual([]);
    expect(context.warnings).toEqual([
      'finds nothing to take over; when this update is through: pulumi config rm portolan:adopt --stack dev',
    ]);
  });

  test('a gate that asks for more approvals changes the writers of the branch alone', async () => {
    const delivery = withStage(guardedDelivery(), 'prod', (stage) => ({
      ...stage,
      gate: { kind: 'pullRequest', approvals: 2, approvers: ['releasers'], checks: ['verify'] },
    }));

    expect(
      changedBetween(await runStack(contextFor('prod')), await runStack(contextFor('prod', { delivery }))),
    ).toEqual(['RepositoryRuleset prod-writers']);
  });

  test('a gate that opens changes the writers of the branch in place, so there is no moment without one', async () => {
    const delivery = withStage(guardedDelivery(), 'prod', ({ emergency: _emergency, ...stage }) => ({
      ...stage,
      gate: { kind: 'none', accepted: 'a test' },
      write: { ...stage.write, mode: 'commit' },
    }));
    const after = await runStack(contextFor('prod', { delivery }));

    expect(changedBetween(await runStack(contextFor('prod')), after)).toEqual(['RepositoryRuleset prod-writers']);
    expect(after.resources.find(({ name }) => name === 'prod-writers')?.inputs).toMatchObject({
      rules: { update: true },
      bypassActors: [{ actorId: 4711, actorType: 'Integration', bypassMode: 'always' }],
    });
  });

  test('another kind of object in bootstrap changes that object alone', async () => {
    const bootstrap: StackContext['bootstrap'] = (environment) =>
      Promise.resolve(
        bootstrapOf(environment).map((object) =>
          object.kind === 'AppProject' ? { ...object, spec: { namespaceResourceWhitelist: [] } } : object,
        ),
      );

    expect(changedBetween(await runStack(contextFor('dev')), await runStack(contextFor('dev', { bootstrap })))).toEqual(
      ['AppProject shop-dev'],
    );
  });

  test('with an ops repository that is managed elsewhere is the cluster and the workflows alone', async () => {
    const delivery = guardedDelivery();
    const repositories = delivery.repositories.map((repository) =>
      repository.name === 'shop-ops' ? { ...repository, management: 'external' as const } : repository,
    );
    const { resources } = await runStack(contextFor('dev', { delivery: { ...delivery, repositories } }));

    expect(resources.filter(({ type }) => /Branch|Ruleset|DeployKey/.test(type))).toEqual([]);
  });
});
