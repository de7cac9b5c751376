import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../src/model/delivery.ts';
import type { PlatformSettings } from '../../src/model/settings/settings.ts';
import { makeStack } from '../../src/pulumi/make-stack.ts';
import { StackSecrets } from '../../src/pulumi/stack-secrets.ts';
import { guardedDelivery, withAnotherEnvironment } from './support/guarded-delivery.ts';
import { contextFor, secretsOf, settingsFor } from './support/stack-context.ts';
import { changedBetween, runStack, type Run } from './support/run-stack.ts';

const withGitHub = (delivery: Delivery, changes: Partial<PlatformSettings['github']>) => {
  const settings = settingsFor(delivery);
  return { ...settings, platform: { ...settings.platform, github: { ...settings.platform.github, ...changes } } };
};

/** The same delivery for an owner without teams, whose plan cannot protect private repositories otherwise. */
const withoutTeams = (delivery: Delivery): Delivery => ({
  ...delivery,
  actors: delivery.actors.map((actor) => (actor.kind === 'team' ? { ...actor, kind: 'user' } : actor)),
});

/** What a run made, without the values of its secrets, which are encoded with the environment's name in them. */
const visible = ({ resources }: Run) => resources.map(({ secretInputs: _secrets, ...one }) => one);

const stacks = ['platform', 'dev', 'prod'];

describe('every stack on every plan', () => {
  test.each(stacks.flatMap((stack) => (['team', 'enterprise'] as const).map((plan) => ({ stack, plan }))))(
    '$stack of an organisation on plan $plan is the same',
    async ({ stack, plan }) => {
      const settings = withGitHub(guardedDelivery(), { plan });

      expect(
        changedBetween(await runStack(contextFor(stack)), await runStack(contextFor(stack, { settings }))),
      ).toEqual([]);
    },
  );

  test.each(stacks)(
    '%s of a user with GitHub Pro differs by the kind of its actors, and has no push rule',
    async (stack) => {
      const delivery = withoutTeams(guardedDelivery());
      const run = await runStack(
        contextFor(stack, { delivery, settings: withGitHub(delivery, { plan: 'team', ownerKind: 'user' }) }),
      );
      const expected = {
        platform: ['RepositoryRuleset shop-ops-workflows', 'RepositoryRuleset shop-tag-creation'],
        dev: [],
        prod: ['RepositoryRuleset prod-writers'],
      }[stack];

      expect(changedBetween(await runStack(contextFor(stack)), run)).toEqual(expected);
    },
  );

  const environmentsLine = (paid: string): string =>
    `  repositories.shop: environments with secrets and deployment rules on a private repository need ${paid}; when acme has it, write: pulumi config set --path portolan:github.plan team --stack platform, got "free"`;
  const opsLine = (paid: string): string =>
    `  repositories.shop-ops: rulesets on a private repository need ${paid}; when acme has it, write: pulumi config set --path portolan:github.plan team --stack platform, got "free"`;
  const sourceLine = (paid: string): string =>
    opsLine(paid)
      .replace('shop-ops', 'shop')
      .replace('--stack platform', '--stack platform; or make the repository public in project.ts');

  test.each([
    { stack: 'platform', ownerKind: 'organization', lines: [sourceLine, opsLine, environmentsLine] },
    { stack: 'platform', ownerKind: 'user', lines: [sourceLine, opsLine, environmentsLine] },
    { stack: 'dev', ownerKind: 'organization', lines: [opsLine, environmentsLine] },
    { stack: 'dev', ownerKind: 'user', lines: [opsLine, environmentsLine] },
    { stack: 'prod', ownerKind: 'organization', lines: [opsLine, environmentsLine] },
    { stack: 'prod', ownerKind: 'user', lines: [opsLine, environmentsLine] },
  ] as const)(
    'fails for $stack with private repositories on the free plan of a $ownerKind, before anything is made',
    async ({ stack, ownerKind, lines }) => {
      const delivery = withoutTeams(guardedDelivery());
      const context = contextFor(stack, { delivery, settings: withGitHub(delivery, { plan: 'free', ownerKind }) });
      const paid = ownerKind === 'user' ? 'GitHub Pro' : 'GitHub Team or Enterprise';

      await expect(makeStack(context)).rejects.toThrow(
        new Error(
          [
            `portolan: the stack "${stack}" is not valid (${lines.length} problems)`,
            ...lines.map((line) => line(paid)),
          ].join('\n'),
        ),
      );
    },
  );

  test('fails for an enterprise plan of a user account, and for a team of one', async () => {
    const context = contextFor('platform', {
      settings: withGitHub(guardedDelivery(), { plan: 'enterprise', ownerKind: 'user' }),
    });

    await expect(makeStack(context)).rejects.toThrow(
      new Error(
        'portolan: the stack "platform" is not valid (2 problems)\n' +
          '  portolan:github.plan: a user account has GitHub Pro at most, written as team; write it with: pulumi config set --path portolan:github.plan team --stack platform, got "enterprise"\n' +
          '  actors.releasers: a user account has no teams; name a person, or write: pulumi config set --path portolan:github.ownerKind organization --stack platform, got "team"',
      ),
    );
  });
});

describe('a further environment', () => {
  const delivery = withAnotherEnvironment(guardedDelivery(), 'qa');

  test('is a stack like the one it was copied from, without a line of code', async () => {
    const dev = await runStack(contextFor('dev', { delivery }));
    const qa = await runStack(contextFor('qa', { delivery, secrets: new StackSecrets(secretsOf('qa')) }));

    expect(JSON.parse(JSON.stringify(visible(qa)).replaceAll('qa', 'dev'))).toEqual(visible(dev));
  });

  test.each(stacks)('changes nothing in %s', async (stack) => {
    expect(changedBetween(await runStack(contextFor(stack)), await runStack(contextFor(stack, { delivery })))).toEqual(
      [],
    );
  });
});
