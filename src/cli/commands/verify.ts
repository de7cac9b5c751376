import type { Define } from '../command.ts';
import type { OpsContext } from '../../ops/ops-context.ts';
import { verify } from '../../ops/verify/verify.ts';
import { chooseEnvironments } from '../arguments/choose-environments.ts';
import { commitNamed } from '../arguments/commit-named.ts';
import { withEnvironment } from '../arguments/environment-argument.ts';
import { openOps } from '../open/open-ops.ts';
import { openProject } from '../project/open-project.ts';
import { describeStray } from '../words/describe-stray.ts';
import { withExamples } from '../arguments/with-examples.ts';
import { withOps } from '../arguments/write-options.ts';

/** `portolan verify ENV`: whether the tree on the branch is a fresh rendering of its release. */
export const define: Define = (command, act) => {
  withOps(
    withExamples(
      withEnvironment(command),
      'verify prod',
      'verify prod --ops ../shop-ops --revision "$HEAD_SHA"',
    ).option(
      '--revision <commit>',
      'commit of the ops repository to look at, e.g. the head of a pull request (default: the tip)',
    ),
  ).action(
    act(async (context, name: string, options: { ops?: string; revision?: string }) => {
      const { terminal } = context;
      const project = openProject(context);
      chooseEnvironments(project.delivery, [name]);
      const ops = await openOps(project, { address: options.ops });
      const revision =
        options.revision === undefined ? undefined : await commitNamed(ops.repository, '--revision', options.revision);
      const verification = await verify(ops, { environment: name, ...(revision === undefined ? {} : { revision }) });
      const { commit, release, differing, strays, applied, sameProgram, program } = verification;
      for (const path of differing) terminal.say(`differs  ${path}`);
      for (const path of strays) terminal.say(`stray    ${describeStray(path, applied)}`);
      const where = `${name} at ${commit.slice(0, 12)}`;
      if (differing.length === 0) terminal.say(`${where} is what this program renders for ${release}.`);
      else if (sameProgram)
        terminal.say(
          `${where} is not what its program renders for ${release}: somebody edited it. To see how: npx portolan diff ${name}`,
        );
      else
        terminal.say(
          `${where} was rendered by program ${program?.slice(0, 12) ?? 'unknown'}, not by this one. ${await waysOn(ops, program)}`,
        );
      if (applied.length > 0)
        terminal.say(
          `${where} gives the cluster what no program renders. Take it into the program, or remove it from the branch: docs/runbook.md, "A file that nobody rendered".`,
        );
      terminal.result(verification);
      return differing.length + applied.length === 0;
    }),
  );
};

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
