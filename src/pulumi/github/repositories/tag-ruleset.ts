import type * as github from '@pulumi/github';
import * as pulumi from '@pulumi/pulumi';
import { goneWith } from './gone-with.ts';
import { ruleset, type ActorNumbers } from '../rules/ruleset.ts';

export interface TagRulesetArgs {
  readonly repository: github.Repository;
  /** Tags it is about, e.g. `v*`. */
  readonly pattern: string;
  /** Who may make such a tag, by actor name. */
  readonly creators: readonly string[];
  readonly actors: ActorNumbers;
  /** Whether Pulumi refuses to delete the repository. */
  readonly protect: boolean;
  readonly provider: pulumi.ProviderResource;
}

/**
 * Release tags: some may make one, nobody may move or delete one.
 *
 * Defines: two rulesets, because who passes by the first must not pass by the second.
 */
export class TagRuleset extends pulumi.ComponentResource {
  constructor(
    name: string,
    { repository, pattern, creators, actors, protect, provider }: TagRulesetArgs,
    options: pulumi.ComponentResourceOptions,
  ) {
    super('portolan:github:TagRuleset', name, {}, options);
    const child = { parent: this, provider, ...goneWith(repository, protect) };
    const target = { repository: repository.name, target: 'tag', refs: [`refs/tags/${pattern}`] } as const;
    ruleset(
      `${name}-tag-creation`,
      {
        ...target,
        name: `tags ${pattern}: who makes them`,
        bypass: actors.bypass(creators),
        rules: { creation: true },
      },
      child,
    );
    ruleset(
      `${name}-tag-history`,
      { ...target, name: `tags ${pattern}: history`, rules: { update: true, deletion: true, nonFastForward: true } },
      child,
    );
    this.registerOutputs({});
  }
}
