import { nameOf, type Unit } from '../../../model/derived/units.ts';
import { environmentWords } from '../../../review/diff/align-environments.ts';
import { diffTrees } from '../../../review/diff/diff-trees.ts';
import type { TreeDiff } from '../../../review/diff/tree-diff.ts';
import { chooseEnvironments } from '../../arguments/choose-environments.ts';
import { commitNamed } from '../../arguments/commit-named.ts';
import { rangeOf } from '../../arguments/range.ts';
import { chooseUnits, type UnitFlags } from '../../arguments/unit-option.ts';
import { UsageError } from '../../arguments/usage-error.ts';
import type { CommandContext } from '../../command.ts';
import { openOps } from '../../open/open-ops.ts';
import { openProject } from '../../project/open-project.ts';
import { branchAndRenderedTrees, branchTree, branchTrees, ofUnits } from '../../trees/compared-trees.ts';
import { diffOptionsOf } from '../../trees/diff-options.ts';
import { withPrograms } from '../../trees/program-trees.ts';

/** What of a project is compared with what. */
export interface ProjectDiffOptions extends UnitFlags {
  readonly ops?: string;
  readonly against?: string;
  readonly revisions?: string;
  readonly program?: string;
}

/** One comparison, and what it is called. */
export interface Titled {
  readonly title: string;
  readonly diff: TreeDiff;
}

/** What differs in environments of the project: between its branches, between commits, or between branches and what is rendered. */
export async function projectDiffs(
  context: CommandContext,
  names: readonly string[],
  options: ProjectDiffOptions,
): Promise<readonly Titled[]> {
  const project = await openProject(context);
  const environments = chooseEnvironments(project.delivery, names);
  const ops = await openOps(project, { address: options.ops });
  const diffOptions = diffOptionsOf(project);
  const each = async (
    work: (environment: (typeof environments)[number], units: readonly Unit[]) => Promise<TreeDiff>,
  ): Promise<readonly Titled[]> => {
    const titled: Titled[] = [];
    for (const environment of environments) {
      const units = chooseUnits(project.delivery, environment, options);
      const title = options.application === undefined ? environment.name : units.map(nameOf).join(', ');
      titled.push({ title, diff: await work(environment, units) });
    }
    return titled;
  };

  if (options.against !== undefined) {
    const [other] = chooseEnvironments(project.delivery, [options.against]);
    if (other === undefined) return [];
    const others = chooseUnits(project.delivery, other, options);
    return each(async (environment, units) =>
      diffTrees(await branchTrees(ops, others), await branchTrees(ops, units), {
        ...diffOptions,
        align: environmentWords(other, environment),
      }),
    );
  }
  if (options.revisions !== undefined) {
    const [base, head] = rangeOf('--revisions', options.revisions);
    if (environments.length !== 1)
      throw new UsageError(
        `--revisions compares two commits of one environment; name it: diff ${environments[0]?.name ?? 'ENVIRONMENT'} --revisions ${options.revisions}`,
      );
    const commits = [
      await commitNamed(ops.repository, '--revisions', base),
      await commitNamed(ops.repository, '--revisions', head),
    ] as const;
    // Two commits are of one branch: without an application, of what applications share.
    return each(async (_, [unit]) =>
      unit === undefined
        ? diffTrees([], [], diffOptions)
        : diffTrees(await branchTree(ops, unit, commits[0]), await branchTree(ops, unit, commits[1]), diffOptions),
    );
  }
  if (options.program !== undefined) {
    return withPrograms(context, ops, rangeOf('--program', options.program), (base, head) =>
      each(async ({ name }, units) =>
        diffTrees(ofUnits(await base.render(name), units), ofUnits(await head.render(name), units), diffOptions),
      ),
    );
  }
  return each(async (environment, units) =>
    diffTrees(...(await branchAndRenderedTrees(project, ops, environment, units)), diffOptions),
  );
}
