import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { Define } from '../../command.ts';
import { graphOf } from '../../../review/graph/graph-of.ts';
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
}

/** `portolan graph`: the topology as a picture, with the release that each environment runs. */
export const define: Define = (command, act) => {
  withOps(withExamples(command, 'graph --output topology.svg', 'graph --format mermaid --initial'))
    .option('--format <format>', 'svg, or mermaid for READMEs and pull requests', 'svg')
    .option('-o, --output <file>', 'file to write to (default: standard output)')
    .option('--initial', 'show the first releases of project.ts, and ask no ops repository')
    .action(
      act(async (context, { format, output, ops: address, initial }: Options) => {
        if (format !== 'svg' && format !== 'mermaid')
          throw new UsageError(`--format: must be svg or mermaid, got "${format}"`);
        const project = await openProject(context);
        const graph = graphOf(project.delivery, initial ? undefined : await releasesOf(project, address));
        const text =
          format === 'svg'
            ? await (
                await import('../../../review/graph/render-svg.ts')
              ).renderSvg(graph, (title, work) => context.terminal.step(title, work))
            : (await import('../../../review/graph/render-mermaid.ts')).renderMermaid(graph);
        if (context.terminal.json) context.terminal.result(graph);
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

/** The release on each environment's branch, or those of its applications; the first one of project.ts where nothing is published. */
async function releasesOf(
  project: Parameters<typeof openOps>[0],
  address: string | undefined,
): Promise<Readonly<Record<string, string>>> {
  const { delivery } = project;
  const ops = await openOps(project, { address });
  return shownReleases(delivery, await readStatus(ops, delivery.environments));
}
