import { expect, test } from '@jest/globals';
import type { Delivery } from '../../../src/model/delivery.ts';
import { guardedDelivery } from '../support/guarded-delivery.ts';
import { runStack } from '../support/run-stack.ts';
import { contextFor, settingsFor } from '../support/stack-context.ts';

/** The environment for builds asks these before any job of it begins. */
const asking = (...approvers: readonly string[]): Delivery => {
  const delivery = guardedDelivery();
  return {
    ...delivery,
    credentials: delivery.credentials.map((one) =>
      one.name === 'registry' && one.store.kind === 'githubActions'
        ? { ...one, store: { ...one.store, approvers } }
        : one,
    ),
  };
};

/** Its repository is private, and so this takes GitHub Enterprise. */
async function buildEnvironment(delivery: Delivery): Promise<Readonly<Record<string, unknown>> | undefined> {
  const settings = settingsFor(delivery);
  const platform = { ...settings.platform, github: { ...settings.platform.github, plan: 'enterprise' } } as const;
  const { resources } = await runStack(contextFor('platform', { delivery, settings: { ...settings, platform } }));
  return resources.find(({ type, name }) => type.endsWith(':RepositoryEnvironment') && name === 'shop-build')?.inputs;
}

test('a GitHub environment asks the people and teams that the model names, and nobody lets their own job begin', async () => {
  expect(await buildEnvironment(asking('releasers', 'alice'))).toMatchObject({
    reviewers: [{ users: [52], teams: [31] }],
    preventSelfReview: true,
    canAdminsBypass: false,
  });
});

test('a GitHub environment says nothing of reviewers where none are named', async () => {
  const inputs = await buildEnvironment(guardedDelivery());

  expect(inputs).toBeDefined();
  expect(Object.keys(inputs ?? {})).not.toContain('reviewers');
});
