import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { environmentBranch } from '../../model/names.ts';
import type { Environment } from '../../model/environment.ts';
import { readBranch } from '../../ops/branch/branch-state.ts';
import { publishedObjects } from '../../ops/branch/published-objects.ts';
import type { OpsContext } from '../../ops/ops-context.ts';
import { wholeRelease } from '../../ops/release/release-record.ts';
import { treeOfFiles, treeOfRendered, type TreeObject } from '../../review/diff/tree-object.ts';
import type { OpenProject } from '../open/open-project.ts';
import { initialReleaseOf, render } from './rendering.ts';
import { UsageError } from '../arguments/usage-error.ts';

/** What an environment's branch holds at a commit, or at its tip; nothing when there is no branch. */
export async function branchTree({ repository, delivery }: Pick<OpsContext, 'repository' | 'delivery'>, environment: string, revision?: string): Promise<readonly TreeObject[]> {
  const state = await readBranch(repository, delivery, environment, revision ?? (await repository.tip(environmentBranch(environment))));
  return state.kind === 'ours' ? publishedObjects(repository.gitDir, state) : [];
}

/** What this program renders for an environment at the release that its branch records. */
export async function renderedTree(project: OpenProject, ops: OpsContext, environment: Environment): Promise<readonly TreeObject[]> {
  const state = await readBranch(ops.repository, ops.delivery, environment.name, await ops.repository.tip(environmentBranch(environment.name)));
  const release = state.kind === 'ours' ? wholeRelease(state.record.applications) : initialReleaseOf(ops.delivery, environment);
  return treeOfRendered(render(project, environment, release));
}

/** The objects of a folder of manifests. @throws UsageError when there is no such folder */
export function folderTree(folder: string): readonly TreeObject[] {
  try {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
    return treeOfFiles(new Map(files.map((file) => [relative(folder, file).split(sep).join('/'), readFileSync(file, 'utf8')])));
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) throw new UsageError(`${folder} is not a folder of manifests`);
    throw error;
  }
}
