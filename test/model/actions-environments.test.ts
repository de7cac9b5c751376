import { describe, expect, test } from '@jest/globals';
import type { Credential } from '../../src/model/credential.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import {
  actionsEnvironmentsOf,
  repositorySecrets,
  sharedActionsEnvironments,
  type ActionsEnvironmentPlan,
} from '../../src/model/actions-environments.ts';
import { guardedDelivery } from '../pulumi/support/guarded-delivery.ts';

const summary = ({ repository, environment, branches, tags, credentials }: ActionsEnvironmentPlan) =>
  [repository.name, environment, branches.join(), tags.join(), credentials.map(({ name }) => name).join()].join(' | ');

/** Source and program in repositories of their own. */
const split = (): Delivery => {
  const delivery = guardedDelivery();
  const [shop, ...others] = delivery.repositories;
  return {
    ...delivery,
    repositories: [
      { ...shop!, holds: ['source'] },
      { name: 'shop-delivery', holds: ['program'], url: 'https://github.com/acme/shop-delivery.git' },
      ...others,
    ],
  };
};

const withCredential = (
  delivery: Delivery,
  repository: string,
  environment: string | undefined,
  purpose: Credential['purpose'],
): Delivery => ({
  ...delivery,
  credentials: [
    ...delivery.credentials,
    {
      name: 'extra',
      purpose,
      holder: 'promoter',
      scope: 'a test',
      store: {
        kind: 'githubActions',
        repository,
        keys: ['KEY'],
        ...(environment === undefined ? {} : { environment }),
      },
    },
  ],
});

describe('the GitHub environments', () => {
  test('of an environment are used by the refs that move a release to it', () => {
    const delivery = split();

    expect(actionsEnvironmentsOf(delivery, 'dev').map(summary)).toEqual(['shop | dev | main |  | promotion-dev']);
    expect(actionsEnvironmentsOf(delivery, 'prod').map(summary)).toEqual(['shop | prod |  | v* | promotion-prod']);
  });

  test('of a repository with the program are used by its default branch too, where a merge publishes', () => {
    expect(actionsEnvironmentsOf(guardedDelivery(), 'prod').map(summary)).toEqual([
      'shop | prod | main | v* | promotion-prod',
    ]);
    expect(
      actionsEnvironmentsOf(withCredential(split(), 'shop-delivery', 'prod', 'gitPush'), 'prod').map(summary),
    ).toEqual(['shop | prod |  | v* | promotion-prod', 'shop-delivery | prod | main |  | extra']);
  });

  test('of the ops repository are used by the environment’s branch', () => {
    expect(actionsEnvironmentsOf(withCredential(split(), 'shop-ops', 'dev', 'gitPush'), 'dev').map(summary)).toContain(
      'shop-ops | dev | env/dev |  | extra',
    );
  });

  test('that no environment of the model is named after belong to the platform', () => {
    expect(sharedActionsEnvironments(split()).map(summary)).toEqual(['shop | build | main |  | registry']);
  });

  test('with secrets that only read are open to pull requests', () => {
    expect(sharedActionsEnvironments(withCredential(split(), 'shop-ops', 'review', 'gitRead')).map(summary)).toContain(
      'shop-ops | review | refs/pull/*/merge |  | extra',
    );
  });

  test('are none in a repository that is managed elsewhere', () => {
    const delivery = split();
    const external = {
      ...delivery,
      repositories: delivery.repositories.map((repository) => ({ ...repository, management: 'external' as const })),
    };

    expect([
      ...actionsEnvironmentsOf(external, 'prod'),
      ...sharedActionsEnvironments(external),
      ...repositorySecrets(external),
    ]).toEqual([]);
  });
});

test('a credential without a GitHub environment belongs to its whole repository', () => {
  expect(
    repositorySecrets(withCredential(split(), 'shop', undefined, 'registryPush')).map(
      ({ repository, credential }) => `${repository.name} ${credential.name}`,
    ),
  ).toEqual(['shop extra']);
});
