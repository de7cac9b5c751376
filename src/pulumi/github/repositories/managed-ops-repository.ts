import { basename } from 'node:path';
import { Repository as GitHubRepository } from '@pulumi/github/repository.js';
import { RepositoryFile } from '@pulumi/github/repositoryFile.js';
import * as pulumi from '@pulumi/pulumi';
import type { Repository } from '../../../model/repository.ts';
import { nameAtHost } from '../../../model/formats/repository-address.ts';
import { goneWith } from './gone-with.ts';
import { defaultBranchOf, isPrivate } from '../../../model/derived/managed-repositories.ts';
import { administrators, keepsHistory, keepsWorkflows, ruleset, type BypassActor } from '../rules/ruleset.ts';
import { settingsLeftAlone } from './settings-left-alone.ts';

export interface OpsRepositoryArgs {
  readonly repository: Repository;
  /** Names of the inputs that the stack has of it. @default - it has none of it yet */
  readonly inputs?: readonly string[];
  /** Files of its default branch, by path: the workflows that judge what is proposed to the others. @default - none */
  readonly files?: ReadonlyMap<string, string>;
  /** Who alone may write workflows on any branch, besides who runs Pulumi. @default - whoever may write the repository */
  readonly workflowWriters?: readonly BypassActor[];
  /** Whether Pulumi refuses to delete it. */
  readonly protect: boolean;
  readonly provider: pulumi.ProviderResource;
}

/**
 * The repository that holds rendered output.
 *
 * Defines: the repository, with a first commit that environment branches start from, and a default branch that nobody writes but
 * this program, which keeps there the workflows that no pull request to another branch may change; a push rule that lets few write
 * workflows on any branch.
 * Does not define: environment branches, which belong to their environment's stack; other files.
 */
export class ManagedOpsRepository extends pulumi.ComponentResource {
  readonly repository: GitHubRepository;

  constructor(
    name: string,
    { repository, inputs, files = new Map(), workflowWriters, protect, provider }: OpsRepositoryArgs,
    options: pulumi.ComponentResourceOptions,
  ) {
    super('portolan:github:OpsRepository', name, {}, options);
    const adopted = repository.management === 'adopt';
    const child = { parent: this, provider };

    this.repository = new GitHubRepository(
      name,
      {
        name: nameAtHost(repository),
        description: 'Rendered by Portolan; one branch per environment. Changes are made in the program, not here.',
        visibility: isPrivate(repository) ? 'private' : 'public',
        autoInit: true,
        hasIssues: false,
        hasProjects: false,
        hasWiki: false,
        allowMergeCommit: false,
        allowRebaseMerge: true,
        allowSquashMerge: false,
        allowUpdateBranch: false,
        deleteBranchOnMerge: true,
      },
      {
        ...child,
        protect,
        ignoreChanges: settingsLeftAlone('ops', adopted, inputs),
        ...(adopted ? { import: nameAtHost(repository) } : {}),
      },
    );
    const inside = { ...child, ...goneWith(this.repository, protect) };
    const target = { repository: this.repository.name, target: 'branch', refs: ['~DEFAULT_BRANCH'] } as const;
    const isWritten = files.size > 0;
    if (isWritten)
      ruleset(`${name}-history`, { ...target, name: 'default branch: history', rules: keepsHistory }, inside);
    const writers = ruleset(
      `${name}-default-branch`,
      {
        ...target,
        name: isWritten ? 'default branch: Pulumi alone writes' : 'default branch: nobody writes',
        bypass: isWritten ? [administrators] : [],
        rules: isWritten ? { update: true } : { ...keepsHistory, update: true },
      },
      inside,
    );
    if (workflowWriters !== undefined)
      ruleset(
        `${name}-workflows`,
        {
          repository: this.repository.name,
          target: 'push',
          name: 'workflows: who writes them',
          bypass: [administrators, ...workflowWriters],
          rules: keepsWorkflows,
        },
        inside,
      );
    for (const [file, content] of files) {
      new RepositoryFile(
        `${name}-${basename(file)}`,
        {
          repository: this.repository.name,
          branch: defaultBranchOf(repository),
          file,
          content,
          commitMessage: 'Guard what is proposed to the branches of environments',
          overwriteOnCreate: true,
        },
        // After the rule, which lets nobody in before it names who may.
        { ...inside, dependsOn: [writers] },
      );
    }
    this.registerOutputs({ url: repository.url });
  }
}
