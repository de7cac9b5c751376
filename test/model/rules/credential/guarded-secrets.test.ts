import { describe, expect, test } from '@jest/globals';
import project from '../../../../project.ts';
import type { Credential } from '../../../../src/model/credential.ts';
import type { Delivery } from '../../../../src/model/delivery.ts';
import type { Repository } from '../../../../src/model/repository.ts';
import { guardedSecrets } from '../../../../src/model/rules/credential/guarded-secrets.ts';
import { guardedDelivery } from '../../../pulumi/support/guarded-delivery.ts';
import { withProvisioning } from '../../../support/provisioning.ts';
import { settings } from '../../../support/settings.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withStage } from '../../../support/valid-delivery.ts';

const inActions = (change: Partial<Credential>, store: object = {}): Credential => ({
  name: 'review',
  purpose: 'gitRead',
  holder: 'reader',
  scope: 'contents: read on shop-ops',
  ...change,
  store: {
    kind: 'githubActions',
    repository: 'shop',
    environment: 'review',
    keys: ['READER_APP_ID', 'READER_PRIVATE_KEY'],
    ...store,
  },
});

const having = (...credentials: readonly Credential[]): Delivery => ({
  ...guardedDelivery(),
  credentials: [...guardedDelivery().credentials, ...credentials],
});

const withShop = (change: (shop: Repository) => Repository): Delivery => ({
  ...guardedDelivery(),
  repositories: guardedDelivery().repositories.map((it) => (it.name === 'shop' ? change(it) : it)),
});

describe('what an unreviewed workflow can take only reads', () => {
  test('passes for the examples, and for an app of its own that reads', () => {
    for (const delivery of [validDelivery(), guardedDelivery(), project(settings), having(inActions({}))])
      expect(told(guardedSecrets, delivery)).toEqual([]);
  });

  test("passes for the run's own token, which each job narrows", () => {
    expect(told(guardedSecrets, having(inActions({ holder: 'promoter' }, { keys: ['GITHUB_TOKEN'] })))).toEqual([]);
  });

  test('fails for a reader whose holder writes elsewhere', () => {
    expect(told(guardedSecrets, having(inActions({ holder: 'promoter' })))).toEqual([
      'credentials.review.holder: whoever may push takes its key by a changed workflow on a pull request, which nobody reviews, and the key is that of promotion-dev too, which does more than read; give it an app that can only read, as a holder of its own with keys of its own, got "promoter"'.replace(
        ', which nobody reviews,',
        ',',
      ),
    ]);
  });

  test('fails for a reader under the key of a writer, in the ops repository too', () => {
    for (const repository of ['shop', 'shop-ops'])
      expect(
        told(
          guardedSecrets,
          having(inActions({}, { repository, keys: ['PROMOTION_APP_ID', 'PROMOTION_PRIVATE_KEY'] })),
        ),
      ).toEqual([expect.stringContaining('credentials.review.holder: whoever may push takes its key')]);
  });

  const previewer = (store: object): Delivery => {
    const delivery = withProvisioning(project(settings));
    const credentials = delivery.credentials.map((one) =>
      one.name === 'preview' ? { ...one, store: { ...one.store, ...store } } : one,
    );
    return { ...delivery, credentials };
  };

  test('passes for what a pull request takes once somebody let its run begin', () => {
    expect(told(guardedSecrets, previewer({}))).toEqual([]);
  });

  test('fails for it where nobody is asked', () => {
    expect(told(guardedSecrets, previewer({ approvers: undefined }))).toEqual([
      'credentials.preview.store: whoever may push takes it by a changed workflow on a pull request, which nobody reviews; keep it where no pull request runs, or name in store.approvers who lets each run begin, got "administration"',
    ]);
  });

  test('fails for a writer in a whole repository', () => {
    const store = { environment: undefined, keys: ['PUSH_TOKEN'] };

    expect(told(guardedSecrets, having(inActions({ purpose: 'registryPush', holder: 'the build' }, store)))).toEqual([
      'credentials.review.store: whoever may push takes it by a changed workflow on any branch, which nobody reviews; name a GitHub environment in store.environment, got "registryPush"',
    ]);
  });

  test('fails for a writer that the default branch may use, which nothing protects', () => {
    const open = withShop(({ protection: _, ...shop }) => shop);

    expect(told(guardedSecrets, open)).toEqual(
      ['promotion-dev', 'promotion-prod', 'registry'].map((name) =>
        expect.stringMatching(
          `^credentials.${name}.store: .* on the branch main, .*; protect it with repositories.shop.protection, got`,
        ),
      ),
    );
  });

  test('passes for a stage that tags start, whoever may make them: what a tag starts is given no secret', () => {
    expect(
      told(
        guardedSecrets,
        withShop(({ tags: _, ...shop }) => shop),
      ),
    ).toEqual([]);
  });

  test('fails for a writer of somebody else’s build that a tag may use which anybody may push', () => {
    for (const tags of [undefined, { pattern: 'release-*', creators: ['releasers'] }]) {
      const open = withShop(({ tags: _, ...shop }) => (tags === undefined ? shop : { ...shop, tags }));
      const supplies = open.supplies.map((supply) => ({
        ...supply,
        builder: { kind: 'external' as const, by: 'a workflow of the shop' },
        triggers: [{ on: 'gitTag' as const, repository: 'shop', pattern: 'v*' }],
      }));

      expect(told(guardedSecrets, { ...open, supplies })).toEqual([
        'credentials.registry.store: whoever may push takes it by a changed workflow on a tag like v*, which nobody reviews; protect them with repositories.shop.tags, got "registryPush"',
      ]);
    }
  });

  test('fails for a writer that any branch of a pattern may use', () => {
    const open = withStage(guardedDelivery(), 'dev', (stage) => ({
      ...stage,
      triggers: [{ on: 'push', repository: 'shop', branches: ['feature/*'] }],
    }));

    expect(told(guardedSecrets, open)).toEqual([
      'credentials.promotion-dev.store: whoever may push takes it by a changed workflow on a branch like feature/*, which nobody reviews; start it from main alone, got "gitPush"',
    ]);
  });
});
