import { ActionsEnvironmentSecret } from '@pulumi/github/actionsEnvironmentSecret.js';
import { ActionsEnvironmentVariable } from '@pulumi/github/actionsEnvironmentVariable.js';
import { RepositoryEnvironment } from '@pulumi/github/repositoryEnvironment.js';
import { RepositoryEnvironmentDeploymentPolicy } from '@pulumi/github/repositoryEnvironmentDeploymentPolicy.js';
import * as pulumi from '@pulumi/pulumi';
import { nameAtHost } from '../../../model/formats/repository-address.ts';
import { giveActionsKeys } from './actions-secrets.ts';
import type { ActionsEnvironmentPlan } from '../../../model/derived/actions-environments.ts';
import type { StackSecrets } from '../../stack-secrets.ts';
import type { ActorNumbers } from '../rules/ruleset.ts';

export interface ActionsEnvironmentArgs {
  readonly plan: ActionsEnvironmentPlan;
  readonly secrets: StackSecrets;
  /** Numbers of who lets jobs begin. */
  readonly actors: ActorNumbers;
  /** Number of the promotion app. @default - not known */
  readonly appId?: number;
  readonly provider: pulumi.ProviderResource;
}

/**
 * A GitHub environment: the secrets and variables of its workflows, and the branches and tags that may use them.
 *
 * Reviewers are those that the model names: the pull request to an environment's branch is the gate, and nobody approves twice.
 */
export class ActionsEnvironment extends pulumi.ComponentResource {
  constructor(
    name: string,
    { plan, secrets, actors, appId, provider }: ActionsEnvironmentArgs,
    options: pulumi.ComponentResourceOptions,
  ) {
    super('portolan:github:ActionsEnvironment', name, {}, options);
    const child = { parent: this, provider };
    const repository = nameAtHost(plan.repository);

    const environment = new RepositoryEnvironment(
      name,
      {
        repository,
        environment: plan.environment,
        // Without a name, reviewers and timers stay unsaid: what a plan does not offer for private repositories would differ at every update.
        ...(plan.approvers === undefined
          ? {}
          : { reviewers: [actors.reviewers(plan.approvers)], preventSelfReview: true, canAdminsBypass: false }),
        deploymentBranchPolicy: { customBranchPolicies: true, protectedBranches: false },
      },
      child,
    );

    // A secret is only put where its policy already stands.
    const inside = { ...child, dependsOn: [environment], deletedWith: environment };
    const at = { repository, environment: plan.environment };
    const policies = [
      ...plan.branches.map(
        (branchPattern) =>
          new RepositoryEnvironmentDeploymentPolicy(
            `${name}-branch-${branchPattern}`,
            { ...at, branchPattern },
            inside,
          ),
      ),
      ...plan.tags.map(
        (tagPattern) =>
          new RepositoryEnvironmentDeploymentPolicy(`${name}-tag-${tagPattern}`, { ...at, tagPattern }, inside),
      ),
    ];
    const guarded = { ...inside, dependsOn: [environment, ...policies] };
    giveActionsKeys(
      plan.credentials,
      { secrets, ...(appId === undefined ? {} : { appId }) },
      {
        secret: (key, value) =>
          new ActionsEnvironmentSecret(`${name}-${key}`, { ...at, secretName: key, value }, guarded),
        variable: (key, value) =>
          new ActionsEnvironmentVariable(`${name}-${key}`, { ...at, variableName: key, value }, guarded),
      },
    );
    this.registerOutputs({ environment: plan.environment });
  }
}
