import { Repository as GitHubRepository } from '@pulumi/github/repository.js';
import { RepositoryVulnerabilityAlerts } from '@pulumi/github/repositoryVulnerabilityAlerts.js';
import * as pulumi from '@pulumi/pulumi';
import type { Repository } from '../../../model/repository.ts';
import { nameAtHost } from '../../../model/formats/repository-address.ts';
import { goneWith } from './gone-with.ts';
import { isPrivate } from '../../../model/derived/managed-repositories.ts';
import { keepsHistory, reportedByActions, reviewed, ruleset, type ActorNumbers } from '../rules/ruleset.ts';
import { settingsLeftAlone } from './settings-left-alone.ts';
import { TagRuleset } from './tag-ruleset.ts';

export interface SourceRepositoryArgs {
  readonly repository: Repository;
  /** Names of the inputs that the stack has of it. @default - it has none of it yet */
  readonly inputs?: readonly string[];
  readonly actors: ActorNumbers;
  /** Whether Pulumi refuses to delete it. */
  readonly protect: boolean;
  /** Number of GitHub Actions, which alone may report their checks. @default - not known, so that anybody may who can write a status */
  readonly actionsApp?: number;
  readonly provider: pulumi.ProviderResource;
}

/** Name of the job that reviews the program, which its workflow reports. */
const reviewCheck = 'check';

/**
 * A repository that people write: source, program or charts.
 *
 * Defines: the repository with its merge settings, vulnerability alerts, the rulesets of its default branch and of its release tags.
 * Does not define: labels, topics, files, collaborators, and after it was made whether it has issues, projects and a wiki.
 */
export class SourceRepository extends pulumi.ComponentResource {
  readonly repository: GitHubRepository;

  constructor(
    name: string,
    { repository, inputs, actors, protect, actionsApp, provider }: SourceRepositoryArgs,
    options: pulumi.ComponentResourceOptions,
  ) {
    super('portolan:github:SourceRepository', name, {}, options);
    const adopted = repository.management === 'adopt';
    const child = { parent: this, provider };

    this.repository = new GitHubRepository(
      name,
      {
        name: nameAtHost(repository),
        visibility: isPrivate(repository) ? 'private' : 'public',
        hasIssues: true,
        hasProjects: false,
        hasWiki: false,
        allowMergeCommit: false,
        allowRebaseMerge: true,
        allowSquashMerge: true,
        allowUpdateBranch: true,
        deleteBranchOnMerge: true,
      },
      {
        ...child,
        protect,
        ignoreChanges: settingsLeftAlone('source', adopted, inputs),
        ...(adopted ? { import: nameAtHost(repository) } : {}),
      },
    );
    const inside = { ...child, ...goneWith(this.repository, protect) };
    new RepositoryVulnerabilityAlerts(`${name}-alerts`, { repository: this.repository.name, enabled: true }, inside);

    if (repository.protection !== undefined) {
      const { approvals, checks, bypass } = repository.protection;
      const target = { repository: this.repository.name, target: 'branch', refs: ['~DEFAULT_BRANCH'] } as const;
      ruleset(`${name}-history`, { ...target, name: 'default branch: history', rules: keepsHistory }, inside);
      ruleset(
        `${name}-review`,
        {
          ...target,
          name: 'default branch: review',
          bypass: actors.bypass(bypass ?? []),
          rules: reviewed({
            approvals,
            // Other checks may be reported by any app that the owner runs.
            checks: checks.flatMap((check) =>
              repository.holds.includes('program') && check === reviewCheck
                ? reportedByActions([check], actionsApp)
                : [{ context: check }],
            ),
            mergeMethods: ['rebase', 'squash'],
          }),
        },
        inside,
      );
    }
    if (repository.tags !== undefined) {
      new TagRuleset(
        name,
        { ...repository.tags, repository: this.repository, actors, protect, provider },
        { parent: this },
      );
    }
    this.registerOutputs({ url: repository.url });
  }
}
