import type * as github from '@pulumi/github';
import { RepositoryRuleset } from '@pulumi/github/repositoryRuleset.js';
import type * as pulumi from '@pulumi/pulumi';
import type { Actor } from '../../../model/repository.ts';

/** An actor as GitHub's rulesets know it. */
export type BypassActor = github.types.input.RepositoryRulesetBypassActor;

const kinds: Readonly<Record<Actor['kind'], string>> = { app: 'Integration', team: 'Team', user: 'User' };

/** Who may change the rulesets of a repository anyway, and runs Pulumi. @see https://docs.github.com/en/rest/repos/rules */
export const administrators: BypassActor = { actorId: 5, actorType: 'RepositoryRole', bypassMode: 'always' };

/** Numbers of the delivery's actors at GitHub. */
export class ActorNumbers {
  readonly #actors: ReadonlyMap<string, Actor>;
  readonly #numbers: ReadonlyMap<string, number>;

  /** @param numbers - by actor name */
  constructor(actors: readonly Actor[], numbers: ReadonlyMap<string, number>) {
    this.#actors = new Map(actors.map((actor) => [actor.name, actor]));
    this.#numbers = numbers;
  }

  /** The actors of a bypass list, in the order of their names. @throws when one has no number */
  bypass(names: readonly string[]): BypassActor[] {
    return [...names].sort().map((name) => ({
      actorId: this.#numberOf(name),
      actorType: kinds[this.#actor(name).kind],
      bypassMode: 'always',
    }));
  }

  /** Numbers of the teams among some actors, in the order of their names. */
  teams(names: readonly string[]): number[] {
    return [...names].sort().flatMap((name) => (this.#actor(name).kind === 'team' ? [this.#numberOf(name)] : []));
  }

  /** People and teams who let jobs into a GitHub environment. */
  reviewers(names: readonly string[]): { readonly users?: number[]; readonly teams?: number[] } {
    const people = [...names].sort().filter((name) => this.#actor(name).kind === 'user');
    const users = people.map((name) => this.#numberOf(name));
    const teams = this.teams(names);
    return { ...(users.length === 0 ? {} : { users }), ...(teams.length === 0 ? {} : { teams }) };
  }

  #actor(name: string): Actor {
    const actor = this.#actors.get(name);
    if (actor === undefined) throw new Error(`portolan: actors.${name}: is not declared; add it to actors`);
    return actor;
  }

  #numberOf(name: string): number {
    const number = this.#numbers.get(this.#actor(name).name);
    if (number === undefined) throw new Error(`portolan: actors.${name}: its number at GitHub is not known`);
    return number;
  }
}

/** What every ruleset of this program says of itself. */
export interface RulesetArgs {
  /** Name that people see at GitHub. */
  readonly name: string;
  readonly repository: pulumi.Input<string>;
  /** What it is about: branches, tags, or the files that a push changes, whatever it goes to. */
  readonly target: 'branch' | 'tag' | 'push';
  /** Full ref patterns, e.g. `refs/heads/env/dev`, or `~DEFAULT_BRANCH`. @default - none, as for a push */
  readonly refs?: readonly string[];
  /** @default - nobody */
  readonly bypass?: readonly BypassActor[];
  readonly rules: github.types.input.RepositoryRulesetRules;
}

/** Makes an active ruleset; whatever GitHub would fill in is said, so that a second update finds nothing to do. */
export function ruleset(name: string, args: RulesetArgs, options: pulumi.CustomResourceOptions): RepositoryRuleset {
  return new RepositoryRuleset(
    name,
    {
      name: args.name,
      repository: args.repository,
      target: args.target,
      enforcement: 'active',
      ...(args.refs === undefined ? {} : { conditions: { refName: { includes: [...args.refs], excludes: [] } } }),
      bypassActors: [...(args.bypass ?? [])],
      rules: args.rules,
    },
    options,
  );
}

/** Refuses deletion, force pushes and merge commits; nobody passes. */
export const keepsHistory: github.types.input.RepositoryRulesetRules = {
  deletion: true,
  nonFastForward: true,
  requiredLinearHistory: true,
};

/**
 * Refuses a push that changes a workflow, on any branch; for a private repository of an organisation that pays.
 *
 * @see https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets#restrict-file-paths
 */
export const keepsWorkflows: github.types.input.RepositoryRulesetRules = {
  // Both, because it is not said whether one star goes into folders.
  filePathRestriction: { restrictedFilePaths: ['.github/*', '.github/**/*'] },
};

/** A status check that must pass, and the app that must have reported it. */
export interface RequiredCheck {
  readonly context: string;
  /** Number of the app. @default - whoever may write a status */
  readonly app?: number;
}

/**
 * Number of GitHub Actions among the apps of github.com; on every other server it is to be asked for.
 *
 * @see https://api.github.com/apps/github-actions
 */
export const actionsAppOf = (baseUrl: string | undefined): number | undefined =>
  baseUrl === undefined || /^https:\/\/(api\.)?github\.com\/?$/.test(baseUrl) ? 15368 : undefined;

/**
 * Checks that a workflow of the repository reports: a status of the same name that a person writes does not count.
 *
 * @param app - number of GitHub Actions. @default - not known, so whoever may write a status can report it
 */
export const reportedByActions = (checks: readonly string[], app?: number): readonly RequiredCheck[] =>
  checks.map((context) => ({ context, ...(app === undefined ? {} : { app }) }));

/** Status checks that must pass on the newest state of the branch. */
const upToDateChecks = (
  checks: readonly RequiredCheck[],
): Pick<github.types.input.RepositoryRulesetRules, 'requiredStatusChecks'> =>
  checks.length === 0
    ? {}
    : {
        requiredStatusChecks: {
          requiredChecks: checks.map(({ context, app }) => ({
            context,
            ...(app === undefined ? {} : { integrationId: app }),
          })),
          strictRequiredStatusChecksPolicy: true,
          doNotEnforceOnCreate: true,
        },
      };

/** What a pull request needs before it may be merged. */
export interface ReviewRules {
  readonly approvals: number;
  readonly checks: readonly RequiredCheck[];
  readonly mergeMethods: readonly ('merge' | 'squash' | 'rebase')[];
  /** Number of the one team whose members must approve. @default - anybody who may write */
  readonly team?: number;
}

/** Accepts reviewed, up-to-date pull requests alone; a new push needs a new approval, by somebody else than who pushed. */
export function reviewed({
  approvals,
  checks,
  mergeMethods,
  team,
}: ReviewRules): github.types.input.RepositoryRulesetRules {
  return {
    pullRequest: {
      requiredApprovingReviewCount: approvals,
      dismissStaleReviewsOnPush: true,
      requireLastPushApproval: approvals > 0,
      requireCodeOwnerReview: false,
      requiredReviewThreadResolution: false,
      allowedMergeMethods: [...mergeMethods],
      ...(team === undefined || approvals === 0
        ? {}
        : {
            requiredReviewers: [
              { filePatterns: ['*', '**/*'], minimumApprovals: approvals, reviewer: { id: team, type: 'Team' } },
            ],
          }),
    },
    ...upToDateChecks(checks),
  };
}
