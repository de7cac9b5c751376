import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { environmentBranch } from '../../model/names.ts';
import type { Environment } from '../../model/environment.ts';
import { readBranch } from '../../ops/branch/branch-state.ts';
import { publishedObjects, readPublished } from '../../ops/branch/published-objects.ts';
import type { OpsContext } from '../../ops/ops-context.ts';
import { wholeRelease } from '../../ops/release/release-record.ts';
import type { EnvironmentToCheck } from '../../review/check-environment.ts';
import { treeOfFiles, treeOfRendered, type TreeObject } from '../../review/diff/tree-object.ts';
import type { OpenProject } from '../project/open-project.ts';
import { initialReleaseOf, previewed, render, type Rendering } from './rendering.ts';
import { UsageError } from '../arguments/usage-error.ts';

/** What an environment's branch holds at a commit, or at its tip; nothing when there is no branch. */
export async function branchTree(
  { repository, delivery }: Pick<OpsContext, 'repository' | 'delivery'>,
  environment: string,
  revision?: string,
): Promise<readonly TreeObject[]> {
  const state = await readBranch(
    repository,
    delivery,
    environment,
    revision ?? (await repository.tip(environmentBranch(environment))),
  );
  return state.kind === 'ours' ? publishedObjects(repository.gitDir, state) : [];
}

/** What this program renders for an environment at the release that its branch records. */
export async function renderedTree(
  project: OpenProject,
  ops: OpsContext,
  environment: Environment,
): Promise<readonly TreeObject[]> {
  return treeOfRendered((await besidePublished(project, ops, environment)).rendered);
}

/** What this program renders at the release that the environment's branch records, and what the branch holds, where there is one. */
export async function besidePublished(
  project: OpenProject,
  ops: Pick<OpsContext, 'repository' | 'delivery'>,
  environment: Environment,
): Promise<EnvironmentToCheck & Rendering> {
  const { delivery } = ops;
  const published = await readPublished(ops, environment.name);
  if (published === undefined)
    return { environment, rendered: render(project, environment, initialReleaseOf(delivery, environment)) };
  const release = previewed(delivery, environment, wholeRelease(published.record.applications));
  return {
    environment,
    rendered: render(project, environment, release),
    published: published.objects.map(({ object }) => object),
  };
}

/** The objects of a folder of manifests. @throws UsageError when there is no such folder */
export function folderTree(folder: string): readonly TreeObject[] {
  try {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
    return treeOfFiles(
      new Map(files.map((file) => [relative(folder, file).split(sep).join('/'), readFileSync(file, 'utf8')])),
    );
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      throw new UsageError(`${folder} is not a folder of manifests`);
    throw error;
  }
}
