import * as github from '@pulumi/github';
import * as pulumi from '@pulumi/pulumi';
import type { Repository } from '../../../model/repository.ts';
import { nameAtHost } from '../../../model/formats/repository-address.ts';
import { goneWith } from './gone-with.ts';
import { isPrivate } from '../../../model/managed-repositories.ts';
import { keepsHistory, ruleset } from '../rules/ruleset.ts';
import { settingsLeftAlone } from './settings-left-alone.ts';

export interface OpsRepositoryArgs {
  readonly repository: Repository;
  /** Whether Pulumi refuses to delete it. */
  readonly protect: boolean;
  readonly provider: github.Provider;
}

/**
 * The repository that holds rendered output.
 *
 * Defines: the repository, with a first commit that environment branches start from, and a default branch that nobody writes.
 * Does not define: environment branches, which belong to their environment's stack; files.
 */
export class OpsRepository extends pulumi.ComponentResource {
  readonly repository: github.Repository;

  constructor(
    name: string,
    { repository, protect, provider }: OpsRepositoryArgs,
    options: pulumi.ComponentResourceOptions,
  ) {
    super('portolan:github:OpsRepository', name, {}, options);
    const adopted = repository.management === 'adopt';
    const child = { parent: this, provider };

    this.repository = new github.Repository(
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
        ignoreChanges: settingsLeftAlone('ops', adopted),
        ...(adopted ? { import: nameAtHost(repository) } : {}),
      },
    );
    ruleset(
      `${name}-default-branch`,
      {
        name: 'default branch: nobody writes',
        repository: this.repository.name,
        target: 'branch',
        refs: ['~DEFAULT_BRANCH'],
        rules: { ...keepsHistory, update: true },
      },
      { ...child, ...goneWith(this.repository, protect) },
    );
    this.registerOutputs({ url: repository.url });
  }
}
