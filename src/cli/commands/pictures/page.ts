import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { Define } from '../../command.ts';
import { rangeOf } from '../../arguments/range.ts';
import { sourceCheckouts } from '../../arguments/source-option.ts';
import { UsageError } from '../../arguments/usage-error.ts';
import { withClusterFlags } from '../../arguments/cluster-flags.ts';
import { withExamples } from '../../arguments/with-examples.ts';
import { repeated, withOps } from '../../arguments/write-options.ts';
import type { ClusterFlags } from '../../ask/ask-clusters.ts';
import { openOps } from '../../open/open-ops.ts';
import { showPage } from '../../page/show-page.ts';
import { pageStateOf } from '../../page/page-state-of.ts';
import { browserScript } from '../../page/browser-script.ts';
import { openProject } from '../../project/open-project.ts';
import { shortPath } from '../../words/short-path.ts';
import { recordedTime } from '../../../ops/ops-context.ts';
import { pageOf } from '../../../page/page-of.ts';

interface Options extends ClusterFlags {
  readonly output?: string;
  readonly ops?: string;
  readonly source?: readonly string[];
  readonly at?: string;
  readonly program?: string;
  readonly serve?: true;
  readonly port?: string;
}

/** `portolan page`: one HTML file that shows what runs where, how it came there, and how fast. */
export const define: Define = (command, act) => {
  withOps(
    withClusterFlags(
      withExamples(command, 'page', 'page --output public/index.html --no-cluster')
        .option('-o, --output <file>', 'file to write to (default: .portolan/page.html of the project)')
        .option(
          '--source <folder>',
          'checkout of the source, for lead times; of several sources NAME=FOLDER each (default: the project)',
          repeated,
        )
        .option('--program <base..head>', 'show what two commits of the program render differently')
        .option('--at <moment>', 'as of when ages are counted, e.g. 2026-01-31T12:00:00Z (default: now)')
        .option('--serve', 'write nothing: show it on 127.0.0.1 until Ctrl-C, anew whenever a branch moves')
        .option('--port <number>', 'port for --serve (default: any free one)'),
    ),
  ).action(
    act(async (context, options: Options) => {
      const { terminal } = context;
      const { output, ops: address, source, at, program, ...flags } = options;
      const moment = momentOf(at);
      const range = program === undefined ? undefined : rangeOf('--program', program);
      const served = servedAt(options);
      const project = await openProject(context);
      const { folders } = sourceCheckouts(project.delivery, source ?? []);
      const sourceFolders = folders.length === 0 ? [project.folder] : folders;
      const ops = await openOps(project, { address, sourceFolder: sourceFolders[0] });
      const script = await browserScript(context.packageFolder);
      const make = async (): Promise<string> => {
        const state = await terminal.step('read what runs where, and how it came there', () =>
          pageStateOf(project, {
            ops,
            version: context.version,
            at: recordedTime(moment ?? ops.clock()),
            sourceFolders,
            flags,
            ...(range === undefined ? {} : { program: { range, invocation: context } }),
          }),
        );
        return pageOf(state, script, served !== undefined);
      };
      const html = await make();
      if (served !== undefined) return showPage(terminal, ops.repository, { html, make, port: served });
      const file = output === undefined ? join(project.folder, '.portolan', 'page.html') : resolve(output);
      mkdirSync(dirname(file), { recursive: true });
      await writeFileAtomic(file, html);
      terminal.say(`Wrote ${output ?? shortPath(file)}: open it in a browser.`);
      terminal.result({ file, bytes: Buffer.byteLength(html) });
      return true;
    }),
  );
};

function momentOf(at: string | undefined): Date | undefined {
  if (at === undefined) return undefined;
  const moment = new Date(at);
  if (!Number.isNaN(moment.getTime())) return moment;
  throw new UsageError(`--at: must be a moment, e.g. 2026-01-31T12:00:00Z, got "${at}"`);
}

/** The port to serve at, where it is to be served. @throws UsageError for what goes with a file alone, or with none */
function servedAt({ output, at, serve, port }: Pick<Options, 'output' | 'at' | 'serve' | 'port'>): number | undefined {
  if (serve === undefined) {
    if (port !== undefined) throw new UsageError('--port says where --serve shows the page; pass --serve too');
    return undefined;
  }
  if (output !== undefined) throw new UsageError('--serve writes no file; leave out --output');
  if (at !== undefined) throw new UsageError('--serve shows what is now; leave out --at');
  if (port === undefined) return 0;
  const number = Number(port);
  if (/^\d+$/.test(port) && number > 0 && number < 65_536) return number;
  throw new UsageError(`--port: must be a number from 1 to 65535, got "${port}"`);
}
