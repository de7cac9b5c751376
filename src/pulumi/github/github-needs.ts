import { environmentOf, type Delivery } from '../../model/delivery.ts';
import { managedWebhooksOf } from '../../model/derived/tekton/webhooks.ts';
import { unitsIn } from '../../model/derived/units.ts';
import type { Repository } from '../../model/repository.ts';
import type { PlatformSettings } from '../../model/settings/settings.ts';
import {
  actionsEnvironmentsOf,
  repositorySecrets,
  sharedActionsEnvironments,
  type ActionsEnvironmentPlan,
} from '../../model/derived/actions-environments.ts';
import { isAppNumber } from '../credential-keys.ts';
import { environmentRules } from './rules/environment-rules.ts';
import { workflowWriters, type WorkflowWriters } from './rules/workflow-writers.ts';
import { holdsOps, isManaged, managedOpsRepository } from '../../model/derived/managed-repositories.ts';

/** What a stack asks of GitHub. */
export interface GitHubNeeds {
  /** Repositories that the stack makes or changes. */
  readonly repositories: readonly Repository[];
  /** Those of them that get rulesets. */
  readonly rulesets: readonly Repository[];
  /** Those of them that get GitHub environments. */
  readonly environments: readonly Repository[];
  /** Those of them whose GitHub environments let no job begin before somebody approves. */
  readonly approved: readonly Repository[];
  /** Those of them in which changes wait for somebody's approval. */
  readonly reviewed: readonly Repository[];
  /** Actors that a ruleset or a GitHub environment names, by name. */
  readonly actors: readonly string[];
  /** Whether the number of the promotion app is written into a variable. */
  readonly appNumber: boolean;
}

const distinct = <Item>(items: readonly Item[]): readonly Item[] => [...new Set(items)];

/** Who is named by the rule of who may write workflows, where there is one. */
const namesOf = (writers: WorkflowWriters | undefined): readonly string[] =>
  writers !== undefined && 'names' in writers ? writers.names : [];

/** Who lets jobs into GitHub environments. */
const approversIn = (plans: readonly ActionsEnvironmentPlan[]): readonly string[] =>
  plans.flatMap(({ approvers = [] }) => approvers);

const approvedIn = (plans: readonly ActionsEnvironmentPlan[]): readonly Repository[] =>
  distinct(plans.filter(({ approvers }) => approvers !== undefined).map(({ repository }) => repository));

/** What the stack `platform` asks of GitHub. */
export function platformNeeds(delivery: Delivery, github: PlatformSettings['github']): GitHubNeeds {
  const repositories = delivery.repositories.filter(isManaged);
  const shared = sharedActionsEnvironments(delivery);
  const credentials = [
    ...shared.flatMap((plan) => plan.credentials),
    ...repositorySecrets(delivery).map(({ credential }) => credential),
  ];
  return {
    repositories,
    rulesets: repositories.filter(
      (repository) => holdsOps(repository) || repository.protection !== undefined || repository.tags !== undefined,
    ),
    environments: distinct(shared.map((plan) => plan.repository)),
    approved: approvedIn(shared),
    reviewed: repositories.filter(({ protection }) => protection !== undefined && protection.approvals > 0),
    actors: distinct(
      repositories
        .flatMap((repository) => [
          ...(repository.protection?.bypass ?? []),
          ...(repository.tags?.creators ?? []),
          ...(holdsOps(repository) ? namesOf(workflowWriters(delivery, repository, github)) : []),
        ])
        .concat(approversIn(shared)),
    ),
    appNumber: credentials.some((credential) => credential.store.keys.some((key) => isAppNumber(credential, key))),
  };
}

/** What the stack of one environment asks of GitHub. */
export function environmentNeeds(delivery: Delivery, environment: string): GitHubNeeds {
  const ops = managedOpsRepository(delivery, environment);
  const plans = actionsEnvironmentsOf(delivery, environment);
  const units = unitsIn(delivery, environmentOf(delivery, environment));
  const rules = units.map((unit) => environmentRules(delivery, unit));
  const teams = new Set(delivery.actors.filter((actor) => actor.kind === 'team').map((actor) => actor.name));
  const environments = distinct(plans.map((plan) => plan.repository));
  return {
    repositories: distinct([
      ...(isManaged(ops) ? [ops] : []),
      ...environments,
      ...managedWebhooksOf(delivery, environment).map(({ repository }) => repository),
    ]),
    rulesets: isManaged(ops) ? [ops] : [],
    environments,
    approved: approvedIn(plans),
    reviewed: isManaged(ops) && rules.some(({ approvals }) => approvals > 0) ? [ops] : [],
    actors: distinct([
      ...(isManaged(ops)
        ? [
            ...rules.flatMap(({ bypass }) => bypass),
            ...rules.flatMap(({ approvers }) => approvers).filter((approver) => teams.has(approver)),
          ]
        : []),
      ...approversIn(plans),
    ]),
    appNumber: plans.some((plan) =>
      plan.credentials.some((credential) => credential.store.keys.some((key) => isAppNumber(credential, key))),
    ),
  };
}
