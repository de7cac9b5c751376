import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { Define } from '../../command.ts';
import { graphOf } from '../../../review/graph/graph-of.ts';
import type { Graph } from '../../../review/graph/graph.ts';
import { folded, unfolded } from '../../../review/graph/groups/fold.ts';
import { shownReleases } from '../../../ops/status/shown-releases.ts';
import { readStatus } from '../../../ops/status/read-status.ts';
import { openOps } from '../../open/open-ops.ts';
import { openProject } from '../../project/open-project.ts';
import { UsageError } from '../../arguments/usage-error.ts';
import { withExamples } from '../../arguments/with-examples.ts';
import { withOps } from '../../arguments/write-options.ts';

interface Options {
  readonly format: string;
  readonly output?: string;
  readonly ops?: string;
  readonly initial?: true;
  readonly unfold?: string;
  readonly whole?: true;
}

/** `portolan graph`: the topology as a picture, with the release that each environment runs. */
export const define: Define = (command, act) => {
  withOps(
    withExamples(command, 'graph --output topology.svg', 'graph --format mermaid --initial', 'graph --unfold orders'),
  )
    .option('--format <format>', 'svg, or mermaid for READMEs and pull requests', 'svg')
    .option('-o, --output <file>', 'file to write to (default: standard output)')
    .option('--initial', 'show the first releases of project.ts, and ask no ops repository')
    .option(
      '--unfold <group>',
      'what is in one of the groups that a large environment is folded into, wherever there is one',
    )
    .option('--whole', 'fold nothing, however large it is')
    .action(
      act(async (context, { format, output, ops: address, initial, unfold, whole }: Options) => {
        if (format !== 'svg' && format !== 'mermaid')
          throw new UsageError(`--format: must be svg or mermaid, got "${format}"`);
        const project = await openProject(context);
        if (unfold !== undefined && whole === true)
          throw new UsageError('--unfold shows a part, and --whole everything; leave one out');
        const everything = graphOf(project.delivery, initial ? undefined : await releasesOf(project, address));
        const graph = whole === true ? everything : shownPart(everything, unfold);
        const text =
          format === 'svg'
            ? await (
                await import('../../../review/graph/render-svg.ts')
              ).renderSvg(graph, (title, work) => context.terminal.step(title, work))
            : (await import('../../../review/graph/render-mermaid.ts')).renderMermaid(graph);
        if (context.terminal.json) context.terminal.result(unfold === undefined ? everything : graph);
        else if (output === undefined) process.stdout.write(text);
        if (output !== undefined) {
          mkdirSync(dirname(resolve(output)), { recursive: true });
          writeFileAtomic.sync(resolve(output), text);
          context.terminal.say(`Drew ${output}.`);
        }
        return true;
      }),
    );
};

/** A graph that people can read: what is large is folded, or what is folded in one group. @throws UsageError when there is no such group */
function shownPart(graph: Graph, unfold: string | undefined): Graph {
  const whole = folded(graph);
  if (unfold === undefined) return whole.graph;
  const parts = whole.parts.filter(({ group }) => group === unfold);
  if (parts.length > 0) return unfolded(graph, parts);
  const known = [...new Set(whole.parts.map(({ group }) => group))];
  throw new UsageError(
    known.length === 0
      ? '--unfold: nothing is folded here; leave it out'
      : `--unfold: there is no group "${unfold}"; write one of: ${known.join(', ')}`,
  );
}

/** The release on each environment's branch, or those of its applications; the first one of project.ts where nothing is published. */
async function releasesOf(
  project: Parameters<typeof openOps>[0],
  address: string | undefined,
): Promise<Readonly<Record<string, string>>> {
  const { delivery } = project;
  const ops = await openOps(project, { address });
  return shownReleases(delivery, await readStatus(ops, delivery.environments));
}
