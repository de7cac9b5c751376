import { repositorySecrets, sharedActionsEnvironments } from '../../../model/derived/actions-environments.ts';
import { holdsOps, isManaged } from '../../../model/derived/managed-repositories.ts';
import type { Delivery } from '../../../model/delivery.ts';
import { nameAtHost } from '../../../model/formats/repository-address.ts';
import type { Repository } from '../../../model/repository.ts';
import type { PlatformSettings } from '../../../model/settings/settings.ts';
import { variablesOf } from '../actions/actions-secrets.ts';
import { workflowWriters } from '../rules/workflow-writers.ts';
import type { Wanted } from './wanted.ts';
import { wantedInActionsEnvironment } from './wanted-in-actions-environment.ts';

/** What the stack `platform` is made from, as far as what it makes at GitHub goes. */
export interface PlatformPlan {
  readonly delivery: Delivery;
  readonly github: PlatformSettings['github'];
  /** Whether this program writes files to the default branch of a repository that holds rendered output. */
  readonly isWritten: (ops: Repository) => boolean;
}

/** Titles of a repository's rulesets, by the last part of the resource's name. */
function rulesetsOf(
  { delivery, github, isWritten }: PlatformPlan,
  repository: Repository,
): readonly [string, string][] {
  if (holdsOps(repository)) {
    const writers = workflowWriters(delivery, repository, github);
    return [
      ...(isWritten(repository)
        ? ([
            ['history', 'default branch: history'],
            ['default-branch', 'default branch: Pulumi alone writes'],
          ] as const)
        : ([['default-branch', 'default branch: nobody writes']] as const)
      ).map(([part, title]): [string, string] => [part, title]),
      ...(writers !== undefined && 'names' in writers
        ? [['workflows', 'workflows: who writes them'] as [string, string]]
        : []),
    ];
  }
  const { protection, tags } = repository;
  return [
    ...(protection === undefined
      ? []
      : ([
          ['history', 'default branch: history'],
          ['review', 'default branch: review'],
        ] as [string, string][])),
    ...(tags === undefined
      ? []
      : ([
          ['tag-creation', `tags ${tags.pattern}: who makes them`],
          ['tag-history', `tags ${tags.pattern}: history`],
        ] as [string, string][])),
  ];
}

/** What the stack `platform` makes at GitHub, and may find there. */
export function wantedByPlatform(plan: PlatformPlan): readonly Wanted[] {
  const { delivery } = plan;
  return [
    ...delivery.repositories.filter(isManaged).flatMap((one): readonly Wanted[] => {
      const repository = nameAtHost(one);
      return [
        { name: one.name, repository, place: { kind: 'repository' } },
        ...rulesetsOf(plan, one).map(([part, title]): Wanted => ({
          name: `${one.name}-${part}`,
          repository,
          place: { kind: 'ruleset', title },
        })),
      ];
    }),
    ...sharedActionsEnvironments(delivery).flatMap((shared) =>
      wantedInActionsEnvironment(`${shared.repository.name}-${shared.environment}`, shared),
    ),
    ...repositorySecrets(delivery).flatMap(({ repository, credential }) =>
      variablesOf([credential]).map((variable): Wanted => ({
        name: `${repository.name}-${variable}`,
        repository: nameAtHost(repository),
        place: { kind: 'variable', variable },
      })),
    ),
  ];
}
