import type { KeptPage } from '../../../src/model/delivery.ts';
import { describe, expect, test } from '@jest/globals';
import type { Credential } from '../../../src/model/credential.ts';
import type { Delivery } from '../../../src/model/delivery.ts';
import type { Trigger } from '../../../src/model/supply.ts';
import {
  actionsEnvironmentsOf,
  repositorySecrets,
  runTokens,
  sharedActionsEnvironments,
  type ActionsEnvironmentPlan,
} from '../../../src/model/derived/actions-environments.ts';
import { guardedDelivery } from '../../pulumi/support/guarded-delivery.ts';

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
  test('of builds and stages that an event or a time starts are used by the default branch too', () => {
    const delivery = split();
    const push = { on: 'push', repository: 'shop', branches: ['release'] } as const;
    const starts: readonly Trigger[] = [
      { on: 'dispatch', repository: 'shop', event: 'base-image' },
      { on: 'schedule', cron: '0 3 * * *' },
    ];
    const branches = (...more: readonly Trigger[]): readonly string[] => {
      const started = {
        ...delivery,
        supplies: delivery.supplies.map((supply) => ({ ...supply, triggers: [push, ...more] })),
        stages: delivery.stages.map((stage) =>
          stage.name === 'dev'
            ? { ...stage, triggers: [push, ...more] }
            : { ...stage, triggers: [{ on: 'manual' } as const] },
        ),
      };
      return [...actionsEnvironmentsOf(started, 'dev'), ...sharedActionsEnvironments(started)]
        .filter(({ repository, environment }) => repository.name === 'shop' && environment !== 'review')
        .map((plan) => `${plan.environment}: ${plan.branches.join()}`);
    };

    expect(branches()).toEqual(branches().map((line) => line.replace(/: .*/, ': release')));
    for (const start of starts)
      expect(branches(start)).toEqual(branches().map((line) => line.replace(/: .*/, ': main,release')));
  });

  test('of an environment are used by the refs that move a release to it', () => {
    const delivery = split();

    expect(actionsEnvironmentsOf(delivery, 'dev').map(summary)).toEqual(['shop | dev | main |  | promotion-dev']);
    // A tag asks the default branch for its release, and enters nowhere itself.
    expect(actionsEnvironmentsOf(delivery, 'prod').map(summary)).toEqual(['shop | prod | main |  | promotion-prod']);
  });

  test('of a repository with the program are used by its default branch too, where a merge publishes', () => {
    expect(actionsEnvironmentsOf(guardedDelivery(), 'prod').map(summary)).toEqual([
      'shop | prod | main |  | promotion-prod',
    ]);
    expect(
      actionsEnvironmentsOf(withCredential(split(), 'shop-delivery', 'prod', 'gitPush'), 'prod').map(summary),
    ).toEqual(['shop | prod | main |  | promotion-prod', 'shop-delivery | prod | main |  | extra']);
  });

  test('of the ops repository are used by the environment’s branch', () => {
    expect(actionsEnvironmentsOf(withCredential(split(), 'shop-ops', 'dev', 'gitPush'), 'dev').map(summary)).toContain(
      'shop-ops | dev | env/dev |  | extra',
    );
  });

  test('that no environment of the model is named after belong to the platform', () => {
    expect(sharedActionsEnvironments(split()).map(summary)).toEqual(['shop | build | main |  | registry']);
  });

  test('of builds are used by the default branch too, where a tag asks it to build, and by a tag where somebody else builds', () => {
    const delivery = split();
    const [images] = delivery.supplies;
    const pushed = [{ on: 'push' as const, repository: 'shop', branches: ['release'] }];
    const rebuilding = {
      ...delivery,
      supplies: [{ ...images!, triggers: pushed }],
      stages: delivery.stages.map((stage) => ({ ...stage, rebuild: true })),
    };
    const external = {
      ...delivery,
      supplies: [
        {
          ...images!,
          builder: { kind: 'external' as const, by: 'a workflow of the shop' },
          triggers: [{ on: 'gitTag' as const, repository: 'shop', pattern: 'v*' }],
        },
      ],
    };

    expect(sharedActionsEnvironments(rebuilding).map(summary)).toEqual(['shop | build | main,release |  | registry']);
    expect(sharedActionsEnvironments(external).map(summary)).toEqual(['shop | build |  | v* | registry']);
  });

  test('of generated builds are closed to what somebody else builds beside them, of any branch', () => {
    const delivery = split();
    const [images] = delivery.supplies;
    const snapshots = {
      ...images!,
      name: 'snapshots',
      builder: { kind: 'external' as const, by: 'a workflow of the shop' },
      triggers: [{ on: 'push' as const, repository: 'shop', branches: ['**'] }],
      buildsUnmerged: true,
    };

    expect(
      sharedActionsEnvironments({ ...delivery, supplies: [...delivery.supplies, snapshots] }).map(summary),
    ).toEqual(sharedActionsEnvironments(delivery).map(summary));
    expect(sharedActionsEnvironments({ ...delivery, supplies: [snapshots] }).map(summary)).toEqual([
      'shop | build | ** |  | registry',
    ]);
  });

  test('keep nothing of the token that each run is given, and stay closed where there is nothing else', () => {
    const delivery = split();
    const onGhcr = {
      ...delivery,
      credentials: delivery.credentials.map((credential) =>
        credential.name === 'registry'
          ? { ...credential, store: { ...credential.store, keys: ['GITHUB_TOKEN'] } }
          : credential,
      ),
    };

    expect(sharedActionsEnvironments(onGhcr).map(summary)).toEqual(['shop | build | main |  | ']);
    expect(runTokens(onGhcr).map(({ repository, credential }) => [repository.name, credential.name])).toEqual([
      ['shop', 'registry'],
    ]);
    expect(runTokens(delivery)).toEqual([]);
    const everywhere = withCredential(delivery, 'shop', undefined, 'registryPush');
    const [extra] = everywhere.credentials.slice(-1);
    const token = { ...extra!, store: { ...extra!.store, keys: ['GITHUB_TOKEN'] } };
    expect(repositorySecrets({ ...delivery, credentials: [token] })).toEqual([]);
  });

  test('with secrets that only read are open to pull requests', () => {
    expect(sharedActionsEnvironments(withCredential(split(), 'shop-ops', 'review', 'gitRead')).map(summary)).toContain(
      'shop-ops | review | refs/pull/*/merge |  | extra',
    );
  });

  test('let the branches of the ops repository in where their moves draw a page, and show it from one of their own', () => {
    const reading = withCredential(split(), 'shop-ops', 'review', 'gitRead');
    const kept = (page: KeptPage): readonly string[] =>
      sharedActionsEnvironments({ ...reading, page })
        .map(summary)
        .filter((line) => line.startsWith('shop-ops'));
    const review = 'shop-ops | review | refs/pull/*/merge,env/dev,env/prod |  | extra';

    expect(kept({ keptIn: 'run' })).toEqual([review]);
    expect(kept({ keptIn: 'gitHubPages', readers: 'everyone' })).toEqual([
      review,
      'shop-ops | github-pages | env/dev,env/prod |  | ',
    ]);
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
