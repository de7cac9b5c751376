import type { Define } from '../command.ts';
import type { OpsContext } from '../../ops/ops-context.ts';
import { nameOf, typed, unitNameOf } from '../../model/derived/units.ts';
import { verify, type BranchVerification } from '../../ops/verify/verify.ts';
import { chooseEnvironments } from '../arguments/choose-environments.ts';
import { commitNamed } from '../arguments/commit-named.ts';
import { withEnvironment } from '../arguments/environment-argument.ts';
import { openOps } from '../open/open-ops.ts';
import { openProject } from '../project/open-project.ts';
import { describeStray } from '../words/describe-stray.ts';
import { chooseUnits, withApplication, type UnitFlags } from '../arguments/unit-option.ts';
import { withExamples } from '../arguments/with-examples.ts';
import { withOps } from '../arguments/write-options.ts';

/** `portolan verify ENV`: whether the tree on the branch is a fresh rendering of its release. */
export const define: Define = (command, act) => {
  withOps(
    withExamples(
      withApplication(withEnvironment(command)),
      'verify prod',
      'verify prod --ops ../shop-ops --revision "$HEAD_SHA"',
    )
      .option(
        '--revision <commit>',
        'commit of the ops repository to look at, e.g. the head of a pull request (default: the tip)',
      )
      .option(
        '--charts',
        'also have Helm render the charts that the engine renders, at that release, and hold them as "check --charts" does (asks registries)',
      ),
  ).action(
    act(async (context, name: string, options: { ops?: string; revision?: string; charts?: boolean } & UnitFlags) => {
      const { terminal } = context;
      const project = await openProject(context);
      const [environment] = chooseEnvironments(project.delivery, [name]);
      if (environment === undefined) return false;
      const ops = await openOps(project, { address: options.ops });
      const revision =
        options.revision === undefined ? undefined : await commitNamed(ops.repository, '--revision', options.revision);
      // A commit is of one branch: without an application, of what applications share.
      const units = chooseUnits(project.delivery, environment, options).slice(
        0,
        revision === undefined ? undefined : 1,
      );
      const verifications: BranchVerification[] = [];
      for (const unit of units)
        verifications.push(await verify(ops, { ...unitNameOf(unit), ...(revision === undefined ? {} : { revision }) }));
      for (const verification of verifications)
        for (const line of await describe(ops, verification)) terminal.say(line);
      if (options.charts === true) {
        const { tryChartsAt } = await import('../trees/tried-charts.ts');
        for (const [i, unit] of units.entries())
          await terminal.step(
            `charts that the engine renders in ${nameOf(unit)}`,
            () => tryChartsAt(project, ops, unit, verifications[i]?.commit ?? ''),
            (count) => `${count} tried`,
          );
      }
      const [first, ...others] = verifications;
      terminal.result(others.length === 0 ? first : { environment: name, units: verifications });
      return verifications.every(({ differing, applied }) => differing.length + applied.length === 0);
    }),
  );
};

/** Says of one branch whether it is what the program renders, and what to do where it is not. */
async function describe(ops: OpsContext, verification: BranchVerification): Promise<readonly string[]> {
  const { commit, release, differing, strays, applied, sameProgram, program } = verification;
  const where = `${nameOf(verification)} at ${commit.slice(0, 12)}`;
  const verdict =
    differing.length === 0
      ? `${where} is what this program renders for ${release}.`
      : sameProgram
        ? `${where} is not what its program renders for ${release}: somebody edited it. To see how: npx portolan diff ${typed(verification)}`
        : `${where} was rendered by program ${program?.slice(0, 12) ?? 'unknown'}, not by this one. ${await waysOn(ops, program)}`;
  return [
    ...differing.map((path) => `differs  ${path}`),
    ...strays.map((path) => `stray    ${describeStray(path, applied)}`),
    verdict,
    ...(applied.length === 0
      ? []
      : [
          `${where} gives the cluster what no program renders. Take it into the program, or remove it from the branch: docs/runbook.md, "A file that nobody rendered".`,
        ]),
  ];
}

/** What leads on where another program rendered the branch; a program that is not newer would be refused. */
async function waysOn({ program: { commit, ancestry } }: OpsContext, other: string | undefined): Promise<string> {
  const relation = commit === undefined || other === undefined ? 'newer' : await ancestry.relate(commit, other);
  const fetch =
    relation === 'unknown' && other !== undefined ? (await ancestry.whyUnknown?.([other]))?.next : undefined;
  if (fetch !== undefined) return `Check that commit out: ${fetch}.`;
  return relation === 'newer' || relation === 'same'
    ? 'Check that commit out, or publish with this program.'
    : 'Check that commit out.';
}
