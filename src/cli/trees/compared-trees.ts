import { hasSeveral, isOn, unitsIn, type Unit } from '../../model/derived/units.ts';
import type { Delivery } from '../../model/delivery.ts';
import type { Environment } from '../../model/environment.ts';
import { readBranch } from '../../ops/branch/branch-state.ts';
import {
  publishedChartFiles,
  publishedObjects,
  readPublished,
  type Published,
} from '../../ops/branch/published-objects.ts';
import type { OpsContext } from '../../ops/ops-context.ts';
import { recordedApplications, wholeRelease } from '../../ops/release/release-record.ts';
import type { ReleaseOf } from '../../render/render-environment.ts';
import type { EnvironmentToCheck } from '../../review/check-environment.ts';
import { treeOfChartFiles, treeOfRendered, type TreeObject } from '../../review/diff/tree-object.ts';
import type { OpenProject } from '../project/open-project.ts';
import { initialReleaseOf, previewed, render, type Rendering } from './rendering.ts';

/** What a unit's branch holds at a commit, or at its tip; nothing when there is no branch. */
export async function branchTree(
  { repository, delivery }: Pick<OpsContext, 'repository' | 'delivery'>,
  unit: Unit,
  revision?: string,
): Promise<readonly TreeObject[]> {
  const state = await readBranch(repository, delivery, unit, revision ?? (await repository.tip(unit.branch)));
  if (state.kind !== 'ours') return [];
  const [objects, chartFiles] = await Promise.all([
    publishedObjects(repository.gitDir, state),
    publishedChartFiles(repository.gitDir, state),
  ]);
  return [...objects, ...treeOfChartFiles(chartFiles)];
}

/** What the branches of several units hold together at their tips. */
export const branchTrees = async (
  ops: Pick<OpsContext, 'repository' | 'delivery'>,
  units: readonly Unit[],
): Promise<readonly TreeObject[]> => (await Promise.all(units.map((unit) => branchTree(ops, unit)))).flat();

/** What the branches of units of an environment hold, and what this program renders for them, each at the release that its branch records. */
export async function branchAndRenderedTrees(
  project: OpenProject,
  ops: OpsContext,
  environment: Environment,
  units: readonly Unit[],
): Promise<readonly [readonly TreeObject[], readonly TreeObject[]]> {
  const published = await readAll(ops, environment);
  const rendered = render(project, environment, releasesOf(environment, ops.delivery, published));
  const wanted = new Set(units.map(({ branch }) => branch));
  const trees = published.flatMap(({ unit, objects, chartFiles }) =>
    wanted.has(unit.branch) ? [...objects({ rendered }), ...treeOfChartFiles(chartFiles)] : [],
  );
  return [trees, ofUnits(treeOfRendered(rendered), units)];
}

/** Those objects of an environment that lie on the branches of these units. */
export const ofUnits = (tree: readonly TreeObject[], units: readonly Unit[]): readonly TreeObject[] =>
  tree.filter(({ path }) => path === undefined || units.some((unit) => isOn(unit, path)));

/** What this program renders at the releases that the environment's branches record, and what they hold, where there are any. */
export async function besidePublished(
  project: OpenProject,
  ops: Pick<OpsContext, 'repository' | 'delivery'>,
  environment: Environment,
): Promise<EnvironmentToCheck & Rendering> {
  const published = await readAll(ops, environment);
  const release = releasesOf(environment, ops.delivery, published);
  const rendered = render(project, environment, release);
  if (published.length === 0) return { environment, release, rendered };
  return {
    environment,
    release,
    rendered,
    published: published.flatMap(({ objects }) =>
      objects({ rendered, leaveOutUnreadable: true }).map(({ object }) => object),
    ),
  };
}

async function readAll(
  ops: Pick<OpsContext, 'repository' | 'delivery'>,
  environment: Environment,
): Promise<readonly Published[]> {
  const read = await Promise.all(unitsIn(ops.delivery, environment).map((unit) => readPublished(ops, unit)));
  return read.filter((one) => one !== undefined);
}

/** The release of each application, to preview with; the first one where nothing is published. */
function releasesOf(environment: Environment, delivery: Delivery, published: readonly Published[]): ReleaseOf {
  if (published.length === 0) return () => initialReleaseOf(delivery, environment);
  const applications = recordedApplications(published.map(({ record }) => record));
  return (application) => {
    const recorded = hasSeveral(environment) ? applications[application] : wholeRelease(applications);
    return previewed(delivery, environment, recorded ?? initialReleaseOf(delivery, environment));
  };
}
