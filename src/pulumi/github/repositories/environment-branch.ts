import { Branch } from '@pulumi/github/branch.js';
import * as pulumi from '@pulumi/pulumi';
import type { Unit, UnitName } from '../../../model/derived/units.ts';
import type { Repository } from '../../../model/repository.ts';
import { nameAtHost } from '../../../model/formats/repository-address.ts';
import type { EnvironmentRules } from '../rules/environment-rules.ts';
import { defaultBranchOf } from '../../../model/derived/managed-repositories.ts';
import { keepsHistory, reportedByActions, reviewed, ruleset, type ActorNumbers } from '../rules/ruleset.ts';

export interface EnvironmentBranchArgs {
  readonly unit: Unit;
  /** The ops repository. */
  readonly repository: Repository;
  readonly rules: EnvironmentRules;
  /** Whether nobody writes it any more, for good. @default false */
  readonly retired?: boolean;
  readonly actors: ActorNumbers;
  /** Number of GitHub Actions, which alone may report their checks. @default - not known, so that anybody may who can write a status */
  readonly actionsApp?: number;
  readonly provider: pulumi.ProviderResource;
}

/** Name of a unit's branch among the resources of a stack: a single application's stays that of its environment. */
export const branchResource = ({ environment, application }: UnitName): string =>
  application === undefined ? environment : `${environment}-${application}`;

/**
 * The branch that holds what runs of a unit, and who may change it.
 *
 * Defines: the branch, from the first commit of the ops repository; a ruleset that keeps its history; a ruleset that lets in
 * either reviewed pull requests or the promotion identity, and nobody else. Of an environment that is about to go, the second lets nobody in, and
 * both outlive the stack with the branch.
 */
export class EnvironmentBranch extends pulumi.ComponentResource {
  constructor(
    name: string,
    { unit, repository, rules, retired = false, actors, actionsApp, provider }: EnvironmentBranchArgs,
    options: pulumi.ComponentResourceOptions,
  ) {
    super('portolan:github:EnvironmentBranch', name, {}, options);
    const child = { parent: this, provider };
    const { branch: branchName } = unit;
    const ops = nameAtHost(repository);

    // Its history is the record of what ran, so it outlives the stack; GitHub's answer to creating it again is accepted.
    const branch = new Branch(
      name,
      { repository: ops, branch: branchName, sourceBranch: defaultBranchOf(repository) },
      { ...child, retainOnDelete: true, ignoreChanges: ['sourceBranch', 'sourceSha'] },
    );

    // After the branch: a ruleset must not stand in the way of its first commit.
    const after = { ...child, dependsOn: [branch], retainOnDelete: retired };
    const target = { repository: ops, target: 'branch', refs: [`refs/heads/${branchName}`] } as const;
    ruleset(`${name}-history`, { ...target, name: `${branchName}: history`, rules: keepsHistory }, after);
    const [team, ...others] = actors.teams(rules.approvers);
    ruleset(
      `${name}-writers`,
      {
        ...target,
        name: `${branchName}: writers`,
        bypass: retired ? [] : actors.bypass(rules.bypass),
        rules:
          rules.pullRequest && !retired
            ? reviewed({
                approvals: rules.approvals,
                checks: reportedByActions(rules.checks, actionsApp),
                mergeMethods: ['rebase'],
                ...(team !== undefined && others.length === 0 && rules.approvers.length === 1 ? { team } : {}),
              })
            : { update: true },
      },
      after,
    );
    this.registerOutputs({ branch: branchName });
  }
}
