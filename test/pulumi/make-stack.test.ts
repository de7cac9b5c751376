import type { ClusterQuestion } from '../../src/pulumi/cluster/cluster-facts.ts';
import { describe, expect, test } from '@jest/globals';
import { makeStack } from '../../src/pulumi/make-stack.ts';
import { StackSecrets } from '../../src/pulumi/stack-secrets.ts';
import { engines, usualEngine } from '../../src/engines/engines.ts';
import { StackState } from '../../src/pulumi/state/stack-state.ts';
import type { StackContext } from '../../src/pulumi/stack-context.ts';
import { guardedDelivery } from './support/guarded-delivery.ts';
import { bootstrapOf, contextFor, gitHub, planted, secretsOf, settingsFor } from './support/stack-context.ts';
import { runStack } from './support/run-stack.ts';

const settings = settingsFor(guardedDelivery());

const failing = async (context: StackContext): Promise<string> => {
  const error: unknown = await makeStack(context).catch((reason: unknown) => reason);
  return error instanceof Error ? error.message : 'nothing failed';
};

describe('making a stack', () => {
  test('fails for a stack that the model does not know, and names those it knows', async () => {
    expect(await failing(contextFor('qa'))).toBe(
      'portolan: there is no stack "qa"; write one of: platform, dev, prod; or add the environment to project.ts',
    );
  });

  test('fails with everything that is missing at once, each with its file and the line that mends it', async () => {
    const { appId: _appId, ...github } = settings.platform.github;
    const context = contextFor('prod', {
      settings: {
        platform: { ...settings.platform, github },
        environments: { prod: { replicas: {}, generations: {}, adopt: false } },
      },
      secrets: new StackSecrets({}),
    });

    expect(await failing(context)).toBe(
      'portolan: the stack "prod" is not valid (5 problems)\n' +
        '  Pulumi.prod.yaml: config.kubernetes:context: is missing; write it with: pulumi config set kubernetes:context kind-shop --stack prod\n' +
        '  Pulumi.platform.yaml: config.portolan:github.appId: is missing; write it with: pulumi config set --path portolan:github.appId VALUE --stack platform\n' +
        '  Pulumi.prod.yaml: config.portolan:secrets.ops-read: needs a value for sshPrivateKey (contents: read on shop-ops); write it with: pulumi config set --secret --path portolan:secrets.ops-read --stack prod\n' +
        '  Pulumi.prod.yaml: config.portolan:secrets.bank-token: needs a value for token (payments at the bank); write it with: pulumi config set --secret --path portolan:secrets.bank-token --stack prod\n' +
        '  Pulumi.prod.yaml: config.portolan:secrets.promotion-prod: needs a value for PROMOTION_PRIVATE_KEY (gitPush for prod); write it with: pulumi config set --secret --path portolan:secrets.promotion-prod --stack prod',
    );
  });

  test('asks neither GitHub nor the cluster while something at hand is missing', async () => {
    const asked: string[] = [];
    const context = contextFor('dev', {
      secrets: new StackSecrets({}),
      lookUpGitHub: () => {
        asked.push('GitHub');
        return Promise.reject(new Error('asked'));
      },
      lookUpCluster: () => {
        asked.push('cluster');
        return Promise.reject(new Error('asked'));
      },
    });

    expect(await failing(context)).toContain('2 problems');
    expect(asked).toEqual([]);
  });

  test('asks the cluster for what it would make, and for the disks behind its passwords', async () => {
    const questions: unknown[] = [];
    const context = contextFor('dev');
    await runStack({
      ...context,
      lookUpCluster: (question) => {
        questions.push(question);
        return context.lookUpCluster(question);
      },
    });

    expect(questions).toEqual([
      {
        stack: 'dev',
        context: 'kind-shop',
        engine: usualEngine.setUp,
        rendered: {
          namespace: 'argocd',
          environmentNamespace: expect.any(String),
          applications: ['shop-dev'],
          limits: 'shop-dev',
          repository: 'git@github.com:acme/shop-ops.git',
        },
        others: [
          {
            watched: {
              apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
              kind: 'Kustomization',
              name: 'shop-dev',
              namespace: 'flux-system',
            },
            letGo: engines.flux.letGo,
          },
        ],
        objects: [
          { apiVersion: 'v1', kind: 'Namespace', name: 'dev' },
          { apiVersion: 'argoproj.io/v1alpha1', kind: 'AppProject', name: 'shop-dev', namespace: 'argocd' },
          { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', name: 'shop-dev', namespace: 'argocd' },
          { apiVersion: 'v1', kind: 'Secret', name: 'dev-orders-db-secret', namespace: 'dev' },
          { apiVersion: 'v1', kind: 'Secret', name: 'shop-ops-dev', namespace: 'argocd' },
          { apiVersion: 'v1', kind: 'PersistentVolumeClaim', name: 'orders-db-disk-dev-orders-db-0', namespace: 'dev' },
        ],
      },
    ]);
  });

  test('asks GitHub for the actors of the rulesets, the repositories of the platform, the app, and who may approve', async () => {
    const questions: unknown[] = [];
    const context = contextFor('prod');
    await runStack({
      ...context,
      lookUpGitHub: (question) => {
        questions.push(question);
        return context.lookUpGitHub(question);
      },
    });

    expect(questions).toEqual([
      {
        owner: 'acme',
        ownerKind: 'organization',
        actors: [
          { name: 'releasers', kind: 'team' },
          { name: 'alice', kind: 'user' },
        ],
        repositories: ['shop-ops', 'shop'],
        appId: 4711,
        reviewed: ['shop-ops'],
      },
    ]);
  });

  test('fails for teams that are not there, an app that is not installed, and a platform that was not made', async () => {
    const context = contextFor('prod', {
      lookUpGitHub: () =>
        Promise.resolve({ numbers: new Map(), missingRepositories: ['shop-ops'], appInstalled: false }),
    });

    expect(await failing(context)).toBe(
      'portolan: the stack "prod" is not valid (4 problems)\n' +
        '  repositories.shop-ops: acme/shop-ops is not there; run first: pulumi up --stack platform\n' +
        '  actors.releasers: acme has no such team, or the token may not see it; make it, or correct the name, got "releasers"\n' +
        '  actors.alice: GitHub has no such user; correct the name, got "alice"\n' +
        '  portolan:github.appId: the app is not installed in acme; install it as docs/pulumi.md says, got 4711',
    );
  });

  test('shows a preview before the platform is there, and says what comes first', async () => {
    const context = contextFor('dev', {
      preview: true,
      lookUpGitHub: () =>
        Promise.resolve({ numbers: new Map(), missingRepositories: ['shop-ops'], appInstalled: true }),
    });
    const { resources } = await runStack(context);

    expect(resources.map(({ type }) => type)).toContain('github:index/branch:Branch');
    expect(context.warnings).toEqual(['acme/shop-ops is not there yet; run first: pulumi up --stack platform']);
  });

  test('says so when nobody could check the app', async () => {
    const context = contextFor('dev', {
      lookUpGitHub: () => Promise.resolve({ numbers: new Map(), missingRepositories: [], appInstalled: 'unknown' }),
    });
    await runStack(context);

    expect(context.warnings).toEqual([
      "nobody could check that GitHub App 4711 is installed in acme: only an organisation's owner may ask; docs/pulumi.md says where to look",
    ]);
  });

  test('says that a changed setting of the rendering needs a commit and a publish', async () => {
    const file = (replicas: number) => ({
      config: { 'portolan:replicas': { orders: replicas }, 'kubernetes:context': 'kind-shop' },
    });
    const context = contextFor('dev', { files: { dev: file(3) }, committedFile: () => Promise.resolve(file(2)) });
    await runStack(context);

    expect(context.warnings).toEqual([
      'portolan:replicas in Pulumi.dev.yaml: belongs to what is rendered, and this update does not change it; commit, then publish: merging does, or npx portolan publish dev --ops URL',
    ]);
  });

  test('says nothing of it before something was published to a branch that it is about', async () => {
    const file = (owner: string) => ({ config: { 'portolan:registryOwner': owner } });
    const warnings = async (stack: string, published: readonly string[]): Promise<number> => {
      const context = contextFor(stack, {
        files: { [stack]: file('acme') },
        committedFile: () => Promise.resolve(file('somebody')),
        isPublished: (environment) => Promise.resolve(published.includes(environment)),
      });
      await runStack(context);
      return context.warnings.length;
    };

    expect(await warnings('dev', ['prod'])).toBe(0);
    expect(await warnings('dev', ['dev'])).toBe(1);
    expect(await warnings('platform', [])).toBe(0);
    expect(await warnings('platform', ['prod'])).toBe(1);
  });

  test('says what a server does not offer before the stack is made, and not at every update after it', async () => {
    const github = { ...gitHub, ownerKind: 'user' as const };
    const delivery = {
      ...guardedDelivery(),
      actors: guardedDelivery().actors.map((actor) =>
        actor.kind === 'team' ? { ...actor, kind: 'user' as const } : actor,
      ),
    };
    const stated = (resources: ConstructorParameters<typeof StackState>[0]) =>
      contextFor('platform', {
        delivery,
        settings: { ...settings, platform: { ...settings.platform, github } },
        state: () => Promise.resolve(new StackState(resources)),
      });
    const first = stated([]);
    const second = stated([{ type: 'portolan:index:Platform', name: 'platform', urn: 'urn' }]);
    await runStack(first);
    await runStack(second);

    expect(first.warnings.join('\n')).toContain('can report the checks of its gates');
    expect(second.warnings).toEqual([]);
  });

  test('fails for a password that would lock the database', async () => {
    const claim = 'PersistentVolumeClaim dev/orders-db-disk-dev-orders-db-0';
    const context = contextFor('dev', {
      lookUpCluster: () => Promise.resolve({ existing: new Set([claim]), secrets: new Map() }),
    });

    expect(await failing(context)).toBe(
      'portolan: the stack "dev" is not valid (1 problem)\n' +
        '  environments.dev.credentials.orders-db-password: the claim dev/orders-db-disk-dev-orders-db-0 is there, so its database has a password, and a generated one would not open it; ' +
        'give the existing one with: pulumi config set --secret --path portolan:secrets.orders-db-password --stack dev',
    );
  });

  test('fails while another engine follows the environment, before anything could take along what runs', async () => {
    const asked: ClusterQuestion[] = [];
    const context = contextFor('dev', {
      lookUpCluster: (question) => {
        asked.push(question);
        return Promise.resolve({
          existing: new Set(),
          secrets: new Map(),
          followedBy: [{ object: 'Kustomization flux-system/shop-dev', lines: ['suspend it', 'delete it'] }],
        });
      },
    });

    expect(await failing(context)).toBe(
      'portolan: the stack "dev" is not valid (1 problem)\n' +
        '  environments.dev: Kustomization flux-system/shop-dev follows it still, and Argo CD is to: deleted as it is, it takes everything along; let it go first: suspend it && delete it',
    );
    expect(asked.flatMap(({ others }) => others.map(({ watched: { kind, name } }) => `${kind}/${name}`))).toEqual([
      'Kustomization/shop-dev',
    ]);
  });

  test('fails for an SSH key to an https address, and for an SSH address without one', async () => {
    const https = contextFor('dev', {
      bootstrap: (environment) => Promise.resolve(bootstrapOf(environment, 'https://github.com/acme/shop-ops.git')),
    });
    const delivery = guardedDelivery();
    const environments = delivery.environments.map((environment) => ({
      ...environment,
      credentials: environment.credentials.map((credential) =>
        credential.name === 'ops-read'
          ? { ...credential, store: { ...credential.store, keys: ['password', 'url', 'username'] } }
          : credential,
      ),
    }));
    const ssh = contextFor('dev', {
      delivery: { ...delivery, environments },
      secrets: new StackSecrets({ ...secretsOf('dev'), 'ops-read': { password: planted.token, username: 'x' } }),
    });

    expect(await failing(https)).toBe(
      'portolan: the stack "dev" is not valid (1 problem)\n' +
        '  environments.dev.credentials.ops-read.store.keys: Argo CD reads an https address, which an SSH key does not open; write githubAppID, githubAppInstallationID and githubAppPrivateKey, or username and password, got "https://github.com/acme/shop-ops.git"',
    );
    expect(await failing(ssh)).toBe(
      'portolan: the stack "dev" is not valid (1 problem)\n' +
        '  environments.dev.credentials.ops-read.store.keys: Argo CD reads an SSH address, which needs the key sshPrivateKey, got "git@github.com:acme/shop-ops.git"',
    );
  });

  test('fails for an ungated environment without an app that may write its branch', async () => {
    const delivery = { ...guardedDelivery(), actors: [] };

    expect(await failing(contextFor('dev', { delivery }))).toBe(
      'portolan: the stack "dev" is not valid (1 problem)\n' +
        '  environments.dev: its branch accepts the promotion identity alone, and there is none; add an actor of kind app, and name it as the holder of the credential that the stage writes with',
    );
  });

  test('fails for a repository of another owner', async () => {
    const context = contextFor('platform', {
      settings: {
        ...settings,
        platform: { ...settings.platform, github: { ...settings.platform.github, owner: 'umbrella' } },
      },
    });

    expect(await failing(context)).toBe(
      'portolan: the stack "platform" is not valid (2 problems)\n' +
        '  repositories.shop.url: belongs to acme, but github:owner is umbrella; correct one of them, or write management: \'external\', got "https://github.com/acme/shop.git"\n' +
        '  repositories.shop-ops.url: belongs to acme, but github:owner is umbrella; correct one of them, or write management: \'external\', got "https://github.com/acme/shop-ops.git"',
    );
  });

  test('says that nothing guards the pull requests of a GitHub Enterprise server', async () => {
    const delivery = guardedDelivery();
    const repositories = delivery.repositories.map((repository) => ({
      ...repository,
      url: repository.url.replace('github.com', 'git.acme.example'),
    }));
    const there = contextFor('prod', { delivery: { ...delivery, repositories, gitHubHost: 'git.acme.example' } });
    const here = contextFor('prod');

    await makeStack(there);
    await makeStack(here);

    expect(there.warnings).toEqual([
      'pull requests to env/prod are not guarded: git.acme.example is a GitHub Enterprise server, of which it is not known whether it takes a workflow from the default branch; ' +
        'whoever may write a branch of shop-ops can change there what "verify" does, so let few people write it',
    ]);
    expect(here.warnings).toEqual([]);
  });

  test('fails for a repository on another server than the one that the provider works on', async () => {
    const delivery = guardedDelivery();
    const moved = delivery.repositories.map((repository) => ({
      ...repository,
      url: repository.url.replace('github.com', 'git.acme.example'),
    }));

    expect(await failing(contextFor('platform', { delivery: { ...delivery, repositories: moved } }))).toContain(
      '  repositories.shop.url: must be on github.com, where the provider would make it; correct it, name a GitHub Enterprise server by github:baseUrl, or write management: \'external\', got "https://git.acme.example/acme/shop.git"',
    );
  });

  test('fails for two credentials that would write the same secret', async () => {
    const delivery = guardedDelivery();
    const again = { ...delivery.credentials[0]!, name: 'publication' };
    const context = contextFor('dev', {
      delivery: { ...delivery, credentials: [...delivery.credentials, again] },
      secrets: new StackSecrets({ ...secretsOf('dev'), publication: 'x' }),
    });

    expect(await failing(context)).toBe(
      'portolan: the stack "dev" is not valid (2 problems)\n' +
        '  credentials.publication.store.keys: the environment dev of shop has one PROMOTION_APP_ID, and promotion-dev writes it too; give one of them another key, got "PROMOTION_APP_ID"\n' +
        '  credentials.publication.store.keys: the environment dev of shop has one PROMOTION_PRIVATE_KEY, and promotion-dev writes it too; give one of them another key, got "PROMOTION_PRIVATE_KEY"',
    );
  });

  test('fails for a deploy key that is none, without showing it', async () => {
    const context = contextFor('dev', {
      secrets: new StackSecrets({ ...secretsOf('dev'), 'ops-read': planted.privateKey }),
    });

    expect(await failing(context)).toBe(
      'portolan: the stack "dev" is not valid (1 problem)\n' +
        "  Pulumi.dev.yaml: config.portolan:secrets.ops-read: must be an OpenSSH private key; make one with: ssh-keygen -t ed25519 -N '' -f deploy-key",
    );
  });
});
