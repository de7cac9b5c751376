import { describe, expect, test } from '@jest/globals';
import type { Credential } from '../../../../src/model/credential.ts';
import type { Delivery } from '../../../../src/model/delivery.ts';
import type { PlatformSettings } from '../../../../src/model/settings/settings.ts';
import { workflowWriters, type WorkflowWriters } from '../../../../src/pulumi/github/rules/workflow-writers.ts';
import { guardedDelivery } from '../../support/guarded-delivery.ts';
import { runStack } from '../../support/run-stack.ts';
import { contextFor, gitHub, settingsFor } from '../../support/stack-context.ts';

const writersOf = (
  delivery: Delivery = guardedDelivery(),
  github: Partial<PlatformSettings['github']> = {},
): WorkflowWriters | undefined =>
  workflowWriters(
    delivery,
    delivery.repositories.find(({ name }) => name === 'shop-ops')!,
    { ...gitHub, ...github },
  );

/** The delivery in which another app, or nobody's, writes `dev`. */
const heldBy = (holder: string): Delivery => {
  const delivery = guardedDelivery();
  return {
    ...delivery,
    actors: [...delivery.actors, { name: 'other-app', kind: 'app' }],
    credentials: delivery.credentials.map((credential): Credential =>
      credential.name === 'promotion-dev' ? { ...credential, holder } : credential,
    ),
  };
};

const ungated = (): Delivery => {
  const delivery = guardedDelivery();
  return {
    ...delivery,
    stages: delivery.stages.map((stage) => ({
      ...stage,
      gate: { kind: 'none' as const },
      write: { ...stage.write, mode: 'commit' as const },
    })),
  };
};

describe('who may write workflows in an ops repository', () => {
  test('is the app that promotes and who may pass the gate in an emergency, whichever environment names them', () => {
    expect(writersOf()).toEqual({ names: ['alice', 'promoter'] });
  });

  test('is asked only where some branch is gated', () => {
    expect(writersOf(ungated())).toBeUndefined();
  });

  test('is not asked of a repository that no environment is in', () => {
    const delivery = guardedDelivery();

    expect(workflowWriters(delivery, delivery.repositories[0]!, gitHub)).toBeUndefined();
  });

  test.each([
    [
      'a user account',
      guardedDelivery(),
      { ownerKind: 'user' as const },
      'a user account has no push rules; an organisation on GitHub Team or Enterprise has',
    ],
    [
      'a server of one’s own',
      guardedDelivery(),
      { baseUrl: 'https://git.acme.example' },
      'it is not known whether https://git.acme.example has push rules',
    ],
    [
      'a branch that people write',
      heldBy('somebody'),
      {},
      'people write env/dev and the workflow on it; name an app as the holder of the credential that its stage writes with',
    ],
    [
      'two apps',
      heldBy('other-app'),
      {},
      'the stack knows one app, the one of portolan:github.appId, and these promote: other-app, promoter',
    ],
  ])('is not kept to anybody with %s, and why is said', (_, delivery, github, open) => {
    expect(writersOf(delivery, github)).toEqual({ open });
  });
});

describe('the rule of who writes workflows', () => {
  const ruleOf = async (changes: Parameters<typeof contextFor>[1] = {}) => {
    const context = contextFor('platform', changes);
    const { resources } = await runStack(context);
    return { rule: resources.find(({ name }) => name === 'shop-ops-workflows'), warnings: context.warnings };
  };

  test('is a push rule on every branch, which administrators, the app and emergencies pass', async () => {
    const { rule, warnings } = await ruleOf();

    expect(rule?.inputs).toEqual({
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
    });
    expect(warnings).toEqual([]);
  });

  test('is not made where GitHub has none, which the update says', async () => {
    const settings = settingsFor(guardedDelivery());
    const github = { ...settings.platform.github, ownerKind: 'user' as const };
    const delivery = guardedDelivery();
    const { rule, warnings } = await ruleOf({
      settings: { ...settings, platform: { ...settings.platform, github } },
      delivery: {
        ...delivery,
        actors: delivery.actors.map((actor) => (actor.name === 'releasers' ? { ...actor, kind: 'user' } : actor)),
      },
    });

    expect(rule).toBeUndefined();
    expect(warnings.filter((warning) => warning.includes('shop-ops'))).toEqual([
      'whoever may write shop-ops can report the checks of its gates from a workflow on a branch of their own, so that the approval alone counts: ' +
        'a user account has no push rules; an organisation on GitHub Team or Enterprise has; until then let few people write it',
    ]);
  });

  test('is neither made nor missed where no branch is gated', async () => {
    const { rule, warnings } = await ruleOf({ delivery: ungated(), defaultBranchFiles: () => new Map() });

    expect(rule).toBeUndefined();
    expect(warnings).toEqual([]);
  });
});
