import { isManaged, defaultBranchOf } from '../../derived/managed-repositories.ts';
import { pushesOf } from '../../derived/pushes.ts';
import type { Delivery } from '../../delivery.ts';
import { hostOf, notOnGitHub } from '../../formats/host.ts';
import { matchesPatterns } from '../../formats/git-pattern.ts';
import type { Problem } from '../../problem.ts';
import type { Repository } from '../../repository.ts';
import type { Supply } from '../../supply.ts';

/** Tested commits go to a repository for nothing else, to a branch that one app alone writes: what lies there has passed. */
export const copiedSource = (delivery: Delivery): readonly Problem[] => [
  ...delivery.supplies.flatMap((supply) => supplyProblems(delivery, supply)),
  ...delivery.repositories.flatMap((repository) => repositoryProblems(delivery, repository)),
];

function supplyProblems(delivery: Delivery, supply: Supply): readonly Problem[] {
  const { name, copiesTo, builder, source } = supply;
  if (copiesTo === undefined) return [];
  const path = `supplies.${name}.copiesTo`;
  if (builder.kind === 'githubActions')
    return [
      {
        path,
        message: 'is not carried out yet where a workflow builds, which has the source; leave it out',
        given: copiesTo.repository,
      },
    ];
  const problems: Problem[] = [];
  const target = delivery.repositories.find((repository) => repository.name === copiesTo.repository);
  const from = delivery.repositories.find((repository) => repository.name === source);
  if (from !== undefined && hostOf(from.url, delivery.gitHubHost) !== 'github')
    problems.push({
      path,
      message: `is not carried out yet for a source at ${from.url}, ${notOnGitHub(delivery.gitHubHost)}; leave it out`,
      given: copiesTo.repository,
    });
  if (target !== undefined && !target.holds.includes('releaseCopy'))
    problems.push({
      path: `${path}.repository`,
      message: `must be a repository that holds the copy; write holds: ["releaseCopy"] at repositories.${target.name}, or name another`,
      given: copiesTo.repository,
    });
  if (target !== undefined && defaultBranchOf(target) !== copiesTo.branch)
    problems.push({
      path: `${path}.branch`,
      message: `must be "${defaultBranchOf(target)}", the default branch of ${target.name}, which its protection holds`,
      given: copiesTo.branch,
    });
  const started = pushesOf(supply.triggers).flatMap(({ branches }) => branches);
  if (matchesPatterns(started, copiesTo.branch))
    problems.push({
      path: `${path}.branch`,
      message:
        'is a branch whose pushes start the workflows of the source, which come along and would start there too; give it another name, e.g. "release"',
      given: copiesTo.branch,
    });
  return problems;
}

function repositoryProblems(delivery: Delivery, repository: Repository): readonly Problem[] {
  const { name, holds, protection } = repository;
  if (!holds.includes('releaseCopy')) return [];
  const path = `repositories.${name}`;
  if (holds.length > 1)
    return [
      { path: `${path}.holds`, message: 'must hold the copy alone: people write to whatever else it is', given: holds },
    ];
  if (!delivery.supplies.some(({ copiesTo }) => copiesTo?.repository === name))
    return [
      {
        path: `${path}.holds`,
        message: 'holds a copy, and no supply copies anything there; write copiesTo at the supply, or remove it',
        given: holds,
      },
    ];
  const past = (protection?.bypass ?? []).map((actor) => delivery.actors.find((it) => it.name === actor));
  if (isManaged(repository) && !(past.length === 1 && past[0]?.kind === 'app'))
    return [
      {
        path: `${path}.protection`,
        message:
          'must let past one app alone, which copies: somebody else could have anything built; write { approvals: 1, checks: [], bypass: ["…"] } with the name of the app',
        ...(protection === undefined ? {} : { given: protection.bypass ?? [] }),
      },
    ];
  return [];
}
