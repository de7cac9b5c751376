import { describe, expect, test } from '@jest/globals';
import type { Repository } from '../../src/model/repository.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import { StackState } from '../../src/pulumi/state/stack-state.ts';
import { StackSecrets } from '../../src/pulumi/stack-secrets.ts';
import { guardedDelivery } from './support/guarded-delivery.ts';
import { contextFor, settingsFor } from './support/stack-context.ts';
import { changedBetween, listed, runStack, type Registered, type Run } from './support/run-stack.ts';

const withRepository = (name: string, change: Partial<Repository>): Delivery => {
  const delivery = guardedDelivery();
  return {
    ...delivery,
    repositories: delivery.repositories.map((repository) =>
      repository.name === name ? { ...repository, ...change } : repository,
    ),
  };
};

const resource = ({ resources }: Run, type: string, name: string): Registered =>
  resources.find((one) => one.type.endsWith(`:${type}`) && one.name === name)!;

describe('the stack platform', () => {
  test('is the repositories, their rulesets, and the secrets of builds, and nothing else', async () => {
    const run = await runStack(contextFor('platform'));

    expect(listed(run)).toEqual([
      [
        'github:ActionsEnvironmentSecret',
        'shop-build-REGISTRY_TOKEN',
        { environment: 'build', repository: 'shop', secretName: 'REGISTRY_TOKEN', value: '[secret]' },
      ],
      [
        'github:ActionsEnvironmentVariable',
        'shop-build-REGISTRY_USERNAME',
        { environment: 'build', repository: 'shop', value: '[secret]', variableName: 'REGISTRY_USERNAME' },
      ],
      [
        'github:Repository',
        'shop',
        {
          allowMergeCommit: false,
          allowRebaseMerge: true,
          allowSquashMerge: true,
          allowUpdateBranch: true,
          deleteBranchOnMerge: true,
          hasIssues: true,
          hasProjects: false,
          hasWiki: false,
          name: 'shop',
          visibility: 'private',
        },
      ],
      [
        'github:Repository',
        'shop-ops',
        {
          allowMergeCommit: false,
          allowRebaseMerge: true,
          allowSquashMerge: false,
          allowUpdateBranch: false,
          autoInit: true,
          deleteBranchOnMerge: true,
          description: 'Rendered by Portolan; one branch per environment. Changes are made in the program, not here.',
          hasIssues: false,
          hasProjects: false,
          hasWiki: false,
          name: 'shop-ops',
          visibility: 'private',
        },
      ],
      [
        'github:RepositoryEnvironment',
        'shop-build',
        {
          deploymentBranchPolicy: { customBranchPolicies: true, protectedBranches: false },
          environment: 'build',
          repository: 'shop',
        },
      ],
      [
        'github:RepositoryEnvironmentDeploymentPolicy',
        'shop-build-branch-main',
        { branchPattern: 'main', environment: 'build', repository: 'shop' },
      ],
      [
        'github:RepositoryFile',
        'shop-ops-portolan-guard.yaml',
        {
          branch: 'main',
          commitMessage: 'Guard what is proposed to the branches of environments',
          content: 'on: pull_request_target\n',
          file: '.github/workflows/portolan-guard.yaml',
          overwriteOnCreate: true,
          repository: 'shop-ops',
        },
      ],
      [
        'github:RepositoryRuleset',
        'shop-history',
        {
          bypassActors: [],
          conditions: { refName: { excludes: [], includes: ['~DEFAULT_BRANCH'] } },
          enforcement: 'active',
          name: 'default branch: history',
          repository: 'shop',
          rules: { deletion: true, nonFastForward: true, requiredLinearHistory: true },
          target: 'branch',
        },
      ],
      [
        'github:RepositoryRuleset',
        'shop-ops-default-branch',
        {
          bypassActors: [{ actorId: 5, actorType: 'RepositoryRole', bypassMode: 'always' }],
          conditions: { refName: { excludes: [], includes: ['~DEFAULT_BRANCH'] } },
          enforcement: 'active',
          name: 'default branch: Pulumi alone writes',
          repository: 'shop-ops',
          rules: { update: true },
          target: 'branch',
        },
      ],
      [
        'github:RepositoryRuleset',
        'shop-ops-history',
        {
          bypassActors: [],
          conditions: { refName: { excludes: [], includes: ['~DEFAULT_BRANCH'] } },
          enforcement: 'active',
          name: 'default branch: history',
          repository: 'shop-ops',
          rules: { deletion: true, nonFastForward: true, requiredLinearHistory: true },
          target: 'branch',
        },
      ],
      [
        'github:RepositoryRuleset',
        'shop-ops-workflows',
        {
          bypassActors: [
            { actorId: 5, actorType: 'RepositoryRole', bypassMode: 'always' },
            { actorId: 52, actorType: 'User', bypassMode: 'always' },
            { actorId: 4711, actorType: 'Integration', bypassMode: 'always' },
          ],
          enforcement: 'active',
          name: 'workflows: who writes them',
          repository: 'shop-ops',
          rules: { filePathRestriction: { restrictedFilePaths: ['.github/*', '.github/**/*'] } },
          target: 'push',
        },
      ],
      [
        'github:RepositoryRuleset',
        'shop-review',
        {
          bypassActors: [],
          conditions: { refName: { excludes: [], includes: ['~DEFAULT_BRANCH'] } },
          enforcement: 'active',
          name: 'default branch: review',
          repository: 'shop',
          rules: {
            pullRequest: {
              allowedMergeMethods: ['rebase', 'squash'],
              dismissStaleReviewsOnPush: true,
              requireCodeOwnerReview: false,
              requireLastPushApproval: true,
              requiredApprovingReviewCount: 1,
              requiredReviewThreadResolution: false,
            },
            requiredStatusChecks: {
              doNotEnforceOnCreate: true,
              requiredChecks: [{ context: 'test' }],
              strictRequiredStatusChecksPolicy: true,
            },
          },
          target: 'branch',
        },
      ],
      [
        'github:RepositoryRuleset',
        'shop-tag-creation',
        {
          bypassActors: [{ actorId: 31, actorType: 'Team', bypassMode: 'always' }],
          conditions: { refName: { excludes: [], includes: ['refs/tags/v*'] } },
          enforcement: 'active',
          name: 'tags v*: who makes them',
          repository: 'shop',
          rules: { creation: true },
          target: 'tag',
        },
      ],
      [
        'github:RepositoryRuleset',
        'shop-tag-history',
        {
          bypassActors: [],
          conditions: { refName: { excludes: [], includes: ['refs/tags/v*'] } },
          enforcement: 'active',
          name: 'tags v*: history',
          repository: 'shop',
          rules: { deletion: true, nonFastForward: true, update: true },
          target: 'tag',
        },
      ],
      ['github:RepositoryVulnerabilityAlerts', 'shop-alerts', { enabled: true, repository: 'shop' }],
      ['pulumi:providers:github', 'github', { baseUrl: 'https://api.github.com/', owner: 'acme' }],
    ]);
  });

  test('tells the repositories and the next command', async () => {
    const { outputs } = await runStack(contextFor('platform'));

    expect(outputs).toEqual({
      repositories: { shop: 'https://github.com/acme/shop.git', 'shop-ops': 'https://github.com/acme/shop-ops.git' },
      next: 'pulumi up --stack dev',
    });
  });

  test('protects the repositories, until a setting says otherwise', async () => {
    const protectedRun = await runStack(contextFor('platform'));
    const settings = settingsFor(guardedDelivery());
    const open = await runStack(
      contextFor('platform', { settings: { ...settings, platform: { ...settings.platform, protect: false } } }),
    );

    expect(protectedRun.resources.filter((one) => one.protect).map(({ name }) => name)).toEqual(['shop', 'shop-ops']);
    expect(open.resources.filter((one) => one.protect)).toEqual([]);
    expect(changedBetween(protectedRun, open).filter((name) => name.startsWith('Repository '))).toEqual([
      'Repository shop',
      'Repository shop-ops',
    ]);
  });

  test('forgets what is inside a repository with it, but not inside a protected one, where a refused destroy would leave it behind', async () => {
    const settings = settingsFor(guardedDelivery());
    const protectedRun = await runStack(contextFor('platform'));
    const open = await runStack(
      contextFor('platform', { settings: { ...settings, platform: { ...settings.platform, protect: false } } }),
    );
    const inRepositories = ({ resources }: Run): readonly string[] =>
      resources.filter(({ deletedWith }) => deletedWith?.includes(':Repository ')).map(({ name }) => name);

    expect(inRepositories(protectedRun)).toEqual([]);
    expect(inRepositories(open)).toEqual([
      'shop-ops-portolan-guard.yaml',
      'shop-history',
      'shop-ops-default-branch',
      'shop-ops-history',
      'shop-ops-workflows',
      'shop-review',
      'shop-tag-creation',
      'shop-tag-history',
      'shop-alerts',
    ]);
  });

  test('takes over a repository as it is, and changes its settings only when it is no longer being taken over', async () => {
    const before = await runStack(contextFor('platform'));
    const adopting = await runStack(
      contextFor('platform', { delivery: withRepository('shop', { management: 'adopt' }) }),
    );
    const repository = resource(adopting, 'Repository', 'shop');

    expect(changedBetween(before, adopting)).toEqual(['Repository shop']);
    expect(repository.importId).toBe('shop');
    expect(
      Object.keys(repository.inputs).filter((key) => key !== 'name' && !repository.ignoreChanges.includes(key)),
    ).toEqual([]);
  });

  test('leaves alone what people choose in a repository that it made, and sees to what it says itself', async () => {
    const run = await runStack(contextFor('platform'));
    const seenTo = (name: string): readonly string[] => {
      const { inputs, ignoreChanges } = resource(run, 'Repository', name);
      return Object.keys(inputs)
        .filter((key) => !ignoreChanges.includes(key))
        .sort();
    };
    const merging = [
      'allowMergeCommit',
      'allowRebaseMerge',
      'allowSquashMerge',
      'allowUpdateBranch',
      'deleteBranchOnMerge',
    ];

    expect(seenTo('shop')).toEqual([...merging, 'name', 'visibility']);
    expect(seenTo('shop-ops')).toEqual([
      ...merging,
      'description',
      'hasIssues',
      'hasProjects',
      'hasWiki',
      'name',
      'visibility',
    ]);
    expect(resource(run, 'Repository', 'shop').ignoreChanges).toEqual(
      expect.arrayContaining(['hasDiscussions', 'pages', 'template', 'topics']),
    );
  });

  test('has the stack drop what is obsolete, of which the provider would warn, and asks no more for it then', async () => {
    const obsolete = ['defaultBranch', 'hasDownloads'];
    const left = async (inputs?: readonly string[]): Promise<readonly string[]> => {
      const type = 'github:index/repository:Repository';
      const known =
        inputs === undefined ? [] : [{ urn: `urn:pulumi:platform::shop::${type}::shop`, type, name: 'shop', inputs }];
      const run = await runStack(
        contextFor('platform', {
          state: () => Promise.resolve(new StackState(known)),
          // It is at GitHub as well.
          lookUpExisting: () => Promise.resolve(new Map(known.map(({ name }) => [`${type} ${name}`, name]))),
        }),
      );
      const { ignoreChanges, inputs: given } = resource(run, 'Repository', 'shop');
      expect(Object.keys(given).filter((key) => obsolete.includes(key))).toEqual([]);
      return ignoreChanges.filter((key) => obsolete.includes(key));
    };

    expect(await left()).toEqual([]);
    expect(await left(['name', ...obsolete])).toEqual([]);
    expect(await left(['name'])).toEqual(['hasDownloads']);
  });

  test('leaves a repository alone that is managed elsewhere', async () => {
    const delivery = withRepository('shop', { management: 'external' });
    const run = await runStack(contextFor('platform', { delivery, secrets: new StackSecrets({}) }));

    expect(listed(run).map(([type, name]) => `${type} ${name}`)).toEqual([
      'github:Repository shop-ops',
      'github:RepositoryFile shop-ops-portolan-guard.yaml',
      'github:RepositoryRuleset shop-ops-default-branch',
      'github:RepositoryRuleset shop-ops-history',
      'github:RepositoryRuleset shop-ops-workflows',
      'pulumi:providers:github github',
    ]);
  });

  test('lets nobody write the default branch of an ops repository that needs no workflow there', async () => {
    const run = await runStack(contextFor('platform', { defaultBranchFiles: () => new Map() }));

    expect(run.resources.filter(({ type }) => type.endsWith(':RepositoryFile'))).toEqual([]);
    expect(resource(run, 'RepositoryRuleset', 'shop-ops-default-branch').inputs).toMatchObject({
      bypassActors: [],
      name: 'default branch: nobody writes',
      rules: { deletion: true, nonFastForward: true, requiredLinearHistory: true, update: true },
    });
  });

  test('a changed number of approvals changes the review ruleset alone', async () => {
    const before = await runStack(contextFor('platform'));
    const after = await runStack(
      contextFor('platform', { delivery: withRepository('shop', { protection: { approvals: 2, checks: ['test'] } }) }),
    );

    expect(changedBetween(before, after)).toEqual(['RepositoryRuleset shop-review']);
  });

  test('a repository without rules of its own gets none', async () => {
    const { protection: _protection, tags: _tags, ...plain } = guardedDelivery().repositories[0]!;
    const delivery = guardedDelivery();
    const run = await runStack(
      contextFor('platform', { delivery: { ...delivery, repositories: [plain, delivery.repositories[1]!] } }),
    );

    expect(run.resources.filter(({ type }) => type.endsWith(':RepositoryRuleset')).map(({ name }) => name)).toEqual([
      'shop-ops-default-branch',
      'shop-ops-history',
      'shop-ops-workflows',
    ]);
  });

  test('talks to the server that the settings name, and as fast as they let it', async () => {
    const settings = settingsFor(guardedDelivery());
    const github = { ...settings.platform.github, baseUrl: 'https://git.acme.example', writeDelayMs: 100 };
    const run = await runStack(
      contextFor('platform', { settings: { ...settings, platform: { ...settings.platform, github } } }),
    );

    expect(run.resources.find(({ type }) => type === 'pulumi:providers:github')?.inputs).toEqual({
      baseUrl: 'https://git.acme.example',
      owner: 'acme',
      writeDelayMs: '100',
    });
  });

  test('an actions secret of a whole repository is made outside of any environment', async () => {
    const delivery = guardedDelivery();
    const credentials = delivery.credentials.map((credential) =>
      credential.name === 'registry'
        ? { ...credential, store: { kind: 'githubActions' as const, repository: 'shop', keys: credential.store.keys } }
        : credential,
    );
    const run = await runStack(contextFor('platform', { delivery: { ...delivery, credentials } }));

    expect(listed(run).filter(([type]) => type.includes('Actions'))).toEqual([
      [
        'github:ActionsSecret',
        'shop-REGISTRY_TOKEN',
        { repository: 'shop', secretName: 'REGISTRY_TOKEN', value: '[secret]' },
      ],
      [
        'github:ActionsVariable',
        'shop-REGISTRY_USERNAME',
        { repository: 'shop', value: '[secret]', variableName: 'REGISTRY_USERNAME' },
      ],
    ]);
  });
});
