import { describe, expect, test } from '@jest/globals';
import type { ExistingQuestion } from '../../src/pulumi/github/existing/read-existing.ts';
import { resourceOf } from '../../src/pulumi/github/existing/wanted.ts';
import { makeStack } from '../../src/pulumi/make-stack.ts';
import type { StackContext } from '../../src/pulumi/stack-context.ts';
import { StackSecrets } from '../../src/pulumi/stack-secrets.ts';
import { StackState } from '../../src/pulumi/state/stack-state.ts';
import { guardedDelivery } from './support/guarded-delivery.ts';
import { runStack, type Registered } from './support/run-stack.ts';
import { bootstrapOf, contextFor, planted, secretsOf, settingsFor } from './support/stack-context.ts';

/** Settings in which a stack takes over what is there. */
function adopting(stack: string): Pick<StackContext, 'settings'> {
  const settings = settingsFor(guardedDelivery());
  const own = settings.environments[stack];
  return {
    settings:
      own === undefined
        ? { ...settings, platform: { ...settings.platform, adopt: true } }
        : { ...settings, environments: { ...settings.environments, [stack]: { ...own, adopt: true } } },
  };
}

/** A GitHub that has everything that is looked for, under an id that tells what it is. */
const hasAll = ({ wanted }: ExistingQuestion) =>
  Promise.resolve(new Map(wanted.map((one) => [resourceOf(one), `id of ${one.name}`])));

/** The state after a stack was made. */
const stateOf = (resources: readonly Registered[]): StackState =>
  new StackState(resources.map(({ type, name }) => ({ type, name, urn: `urn:${type}::${name}` })));

const devWithPassword = { secrets: new StackSecrets({ ...secretsOf('dev'), 'orders-db-password': planted.password }) };

describe('what is at GitHub already', () => {
  test.each(['platform', 'dev', 'prod'])(
    'is imported by %s under adopt, each resource by its own id',
    async (stack) => {
      const context = contextFor(stack, { ...adopting(stack), lookUpExisting: hasAll });
      const { resources } = await runStack(context);
      const imported = resources.filter(({ importId }) => importId !== '');
      const plain = await runStack(contextFor(stack));

      expect(imported.length).toBeGreaterThan(5);
      expect(imported.map(({ importId }) => importId)).toEqual(imported.map(({ name }) => `id of ${name}`));
      // What differs is changed at once, so nothing is left alone that is not always.
      expect(imported.map(({ ignoreChanges }) => ignoreChanges)).toEqual(
        imported.map(
          ({ type, name }) => plain.resources.find((one) => one.type === type && one.name === name)?.ignoreChanges,
        ),
      );
      expect(context.warnings.join('\n')).toContain('takes over at GitHub: acme/shop');
    },
  );

  test('is not imported a second time, nor looked for, once the state has it', async () => {
    const { resources } = await runStack(contextFor('dev'));
    const context = contextFor('dev', {
      ...adopting('dev'),
      state: () => Promise.resolve(stateOf(resources)),
      lookUpExisting: () => Promise.reject(new Error('asked')),
    });
    const again = await runStack(context);

    expect(again.resources.filter(({ importId }) => importId !== '')).toEqual([]);
  });

  test('is looked for as far as the state lacks it', async () => {
    const { resources } = await runStack(contextFor('dev'));
    const asked: string[] = [];
    await runStack(
      contextFor('dev', {
        state: () => Promise.resolve(stateOf(resources.filter(({ name }) => name !== 'dev-writers'))),
        lookUpExisting: ({ wanted }) => {
          asked.push(...wanted.map(({ name }) => name));
          return Promise.resolve(new Map());
        },
      }),
    );

    expect(asked).toEqual(['dev-writers']);
  });

  test('fails without adopt: each is named, with the line that takes it over, and nothing is made', async () => {
    const line =
      'is there, and is not of this stack; take it over with: pulumi config set portolan:adopt true --stack dev';

    await expect(makeStack(contextFor('dev', { lookUpExisting: hasAll }))).rejects.toThrow(
      new Error(
        [
          'portolan: the stack "dev" is not valid (7 problems)',
          `  acme/shop-ops: branch env/dev ${line}`,
          `  acme/shop-ops: ruleset "env/dev: history" ${line}`,
          `  acme/shop-ops: ruleset "env/dev: writers" ${line}`,
          `  acme/shop-ops: deploy key "Argo CD, dev" ${line}`,
          `  acme/shop: environment dev ${line}`,
          `  acme/shop: branch main of the environment dev ${line}`,
          `  acme/shop: variable PROMOTION_APP_ID of the environment dev ${line}`,
        ].join('\n'),
      ),
    );
  });

  test('fails where the platform has a repository that GitHub made in another account, before anything is made in it', async () => {
    const { resources } = await runStack(contextFor('platform'));
    const onlyRepositories = stateOf(resources.filter(({ type }) => type === 'github:index/repository:Repository'));
    const asked: string[] = [];
    const made = makeStack(
      contextFor('platform', {
        state: () => Promise.resolve(onlyRepositories),
        lookUpExisting: ({ wanted }) => {
          asked.push(...wanted.filter(({ place }) => place.kind === 'repository').map(({ repository }) => repository));
          return Promise.resolve(new Map());
        },
      }),
    );

    await expect(made).rejects.toThrow(
      '  acme/shop-ops: this stack has the repository, and acme has none of that name: it was deleted or transferred, or GitHub did not answer whose account acme is when it was made, ' +
        'and it lies, empty, in the account that the token is of; delete it there, or transfer it back; then forget it with: pulumi refresh --yes --stack platform',
    );
    expect(asked).toContain('shop-ops');
  });

  test('is not imported where the platform has the repository, and only what lies in it was lost', async () => {
    const { resources } = await runStack(contextFor('platform'));
    const repositories = resources.filter(({ type }) => type === 'github:index/repository:Repository');
    const context = contextFor('platform', {
      ...adopting('platform'),
      state: () => Promise.resolve(stateOf(repositories)),
      lookUpExisting: hasAll,
    });
    const again = await runStack(context);
    const imported = again.resources.filter(({ importId }) => importId !== '').map(({ type }) => type);

    expect(imported.length).toBeGreaterThan(2);
    expect(imported).not.toContain('github:index/repository:Repository');
  });

  test('fails for the platform too, whose repositories are there', async () => {
    await expect(makeStack(contextFor('platform', { lookUpExisting: hasAll }))).rejects.toThrow(
      '  acme/shop-ops: repository is there, and is not of this stack; take it over with: pulumi config set portolan:adopt true --stack platform\n',
    );
  });
});

describe('what is in the cluster already', () => {
  const there = {
    existing: new Set(['Namespace dev', 'Application argocd/shop-dev', 'Secret dev/dev-orders-db-secret']),
    secrets: new Map([
      [
        'Secret dev/dev-orders-db-secret',
        {
          annotations: {},
          values: new Map([
            ['POSTGRES_PASSWORD', planted.password],
            ['old', 'x'],
          ]),
        },
      ],
    ]),
    live: new Map<string, unknown>([
      ['Namespace dev', { metadata: { name: 'dev', labels: {} } }],
      ['Application argocd/shop-dev', bootstrapOf(guardedDelivery().environments[0]!)[2]],
    ]),
  };

  test('is told with what of it the update after the takeover changes', async () => {
    const context = contextFor('dev', {
      ...adopting('dev'),
      ...devWithPassword,
      lookUpCluster: () => Promise.resolve(there),
    });
    await runStack(context);

    expect(context.warnings).toEqual([
      'takes over as it is: Application argocd/shop-dev, Namespace dev (then changes metadata.labels."pod-security.kubernetes.io/enforce"), ' +
        'Secret dev/dev-orders-db-secret (then changes data.old); when this update is through: pulumi config rm portolan:adopt --stack dev',
    ]);
  });

  test('is as it is when the state has it, with nothing to say', async () => {
    const { resources } = await runStack(contextFor('dev', devWithPassword));
    const context = contextFor('dev', {
      ...devWithPassword,
      state: () => Promise.resolve(stateOf(resources)),
      lookUpCluster: () => Promise.resolve(there),
    });
    const again = await runStack(context);

    expect(again.resources.filter(({ importId }) => importId !== '')).toEqual([]);
    expect(context.warnings).toEqual([]);
  });

  test('fails without adopt: each is named, with the line that takes it over', async () => {
    const line =
      'is in the cluster, and is not of this stack; take it over with: pulumi config set portolan:adopt true --stack dev';

    await expect(
      makeStack(contextFor('dev', { ...devWithPassword, lookUpCluster: () => Promise.resolve(there) })),
    ).rejects.toThrow(
      new Error(
        [
          'portolan: the stack "dev" is not valid (3 problems)',
          `  environments.dev: Namespace dev ${line}`,
          `  environments.dev: Application argocd/shop-dev ${line}`,
          `  environments.dev: Secret dev/dev-orders-db-secret ${line}`,
        ].join('\n'),
      ),
    );
  });
});
