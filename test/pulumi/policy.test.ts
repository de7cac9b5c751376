import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../src/model/delivery.ts';
import { makeStack } from '../../src/pulumi/make-stack.ts';
import { withStage } from '../support/valid-delivery.ts';
import { guardedDelivery } from './support/guarded-delivery.ts';
import { policyProblems } from './support/policy.ts';
import { runStack, type Registered } from './support/run-stack.ts';
import { contextFor } from './support/stack-context.ts';

const changed = (
  resources: readonly Registered[],
  name: string,
  kind: string,
  inputs: Readonly<Record<string, unknown>>,
): readonly Registered[] =>
  resources.map((one) =>
    one.name === name && one.type.endsWith(`:${kind}`) ? { ...one, inputs: { ...one.inputs, ...inputs } } : one,
  );

describe('the policy of the stacks', () => {
  test.each(['platform', 'dev', 'prod'])('%s keeps it', async (stack) => {
    const { resources } = await runStack(contextFor(stack));

    expect(policyProblems(guardedDelivery(), resources)).toEqual([]);
  });

  test('fails for a public ops repository, in the policy and at preview', async () => {
    const { resources } = await runStack(contextFor('platform'));
    const delivery = guardedDelivery();
    const open = {
      ...delivery,
      repositories: delivery.repositories.map((repository) =>
        repository.name === 'shop-ops' ? { ...repository, visibility: 'public' as const } : repository,
      ),
    };

    expect(policyProblems(delivery, changed(resources, 'shop-ops', 'Repository', { visibility: 'public' }))).toEqual([
      'shop-ops: an ops repository must be private',
    ]);
    await expect(makeStack(contextFor('platform', { delivery: open, preview: true }))).rejects.toThrow(
      new Error(
        'portolan: the stack "platform" is not valid (1 problem)\n' +
          '  repositories.shop-ops.visibility: an ops repository shows hosts, names and what runs where; write private, got "public"',
      ),
    );
  });

  test('fails for a gated branch without reviews', async () => {
    const delivery = withStage(guardedDelivery(), 'prod', (stage) => ({
      ...stage,
      gate: { kind: 'pullRequest', approvals: 0, approvers: [], checks: ['verify'] },
    }));
    const { resources } = await runStack(contextFor('prod', { delivery }));

    expect(policyProblems(delivery, resources)).toEqual([
      'env/prod: a gated branch must take reviewed, up-to-date pull requests alone',
    ]);
  });

  test('fails for a gated branch that may lag behind what was checked', async () => {
    const delivery = withStage(guardedDelivery(), 'prod', (stage) => ({
      ...stage,
      gate: { kind: 'pullRequest', approvals: 1, approvers: ['releasers'], checks: [] },
    }));
    const { resources } = await runStack(contextFor('prod', { delivery }));
    const lagging = resources.map((one) => {
      const { requiredStatusChecks: _, ...rules } = Object(one.inputs['rules']) as Record<string, unknown>;
      return 'rules' in one.inputs ? { ...one, inputs: { ...one.inputs, rules } } : one;
    });

    // A stage that names no check still has the guard, so that its branch cannot lag.
    expect(policyProblems(delivery, resources)).toEqual([]);
    expect(policyProblems(delivery, lagging)).toEqual([
      'env/prod: a gated branch must take reviewed, up-to-date pull requests alone',
    ]);
  });

  test('fails for a branch that anybody writes, and for one whose history somebody may rewrite', async () => {
    const { resources } = await runStack(contextFor('dev'));
    const passed = changed(resources, 'dev-history', 'RepositoryRuleset', {
      bypassActors: [{ actorId: 52, actorType: 'User', bypassMode: 'always' }],
    });

    expect(
      policyProblems(
        guardedDelivery(),
        resources.filter(({ name }) => name !== 'dev-writers'),
      ),
    ).toEqual(['env/dev: a branch must name who writes it']);
    expect(policyProblems(guardedDelivery(), passed)).toEqual(['env/dev: nobody may rewrite or delete a branch']);
  });

  test('fails for a repository with a gated branch in which everybody may write workflows', async () => {
    const { resources } = await runStack(contextFor('platform'));

    expect(
      policyProblems(
        guardedDelivery(),
        resources.filter(({ name }) => name !== 'shop-ops-workflows'),
      ),
    ).toEqual(['shop-ops: a repository with a gated branch must say who writes workflows']);
  });

  test('fails for a secret of a whole repository, and for a GitHub environment that every branch may use', async () => {
    const delivery = guardedDelivery();
    const { resources: platform } = await runStack(contextFor('platform'));
    const credentials = delivery.credentials.map((credential) =>
      credential.name === 'registry'
        ? {
            ...credential,
            store: {
              kind: 'githubActions' as const,
              repository: 'shop',
              keys: ['REGISTRY_TOKEN', 'REGISTRY_USERNAME'],
            },
          }
        : credential,
    );
    const { resources: open } = await runStack(contextFor('platform', { delivery: { ...delivery, credentials } }));

    expect(policyProblems(delivery, open)).toEqual([
      'shop-REGISTRY_TOKEN: a secret of a whole repository is open to every branch; keep it in a GitHub environment',
    ]);
    expect(
      policyProblems(
        delivery,
        platform.filter(({ type }) => !type.endsWith('DeploymentPolicy')),
      ),
    ).toEqual([
      'shop-build-REGISTRY_TOKEN: its GitHub environment says neither which branches nor which tags may use it',
    ]);
  });

  test('fails for a secret that a tag may take, as it may where somebody else builds on tags', async () => {
    const { supplies, ...others } = guardedDelivery();
    const delivery: Delivery = {
      ...others,
      supplies: supplies.map((supply) => ({
        ...supply,
        builder: { kind: 'external', by: 'a workflow of the shop' },
        triggers: [{ on: 'gitTag', repository: 'shop', pattern: 'v*' }],
      })),
    };
    const { resources } = await runStack(contextFor('platform', { delivery }));

    expect(policyProblems(delivery, resources)).toEqual([
      'shop-build-REGISTRY_TOKEN: a tag is put on any commit, and takes it by the workflow there',
    ]);
  });
});
