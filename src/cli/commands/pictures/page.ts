import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { Define } from '../../command.ts';
import { chooseEnvironments } from '../../arguments/choose-environments.ts';
import { rangeOf } from '../../arguments/range.ts';
import { sourceCheckouts } from '../../arguments/source-option.ts';
import { UsageError } from '../../arguments/usage-error.ts';
import { chooseUnits, withApplication, type UnitFlags } from '../../arguments/unit-option.ts';
import { withClusterFlags } from '../../arguments/cluster-flags.ts';
import { withExamples } from '../../arguments/with-examples.ts';
import { repeated, withOps } from '../../arguments/write-options.ts';
import type { ClusterFlags } from '../../ask/ask-clusters.ts';
import { openOps } from '../../open/open-ops.ts';
import { showPage } from '../../page/show-page.ts';
import { pageStateOf } from '../../page/page-state-of.ts';
import type { ReviewedRevisions } from '../../page/reviews.ts';
import { browserScript } from '../../page/browser-script.ts';
import { openProject } from '../../project/open-project.ts';
import { shortPath } from '../../words/short-path.ts';
import type { Delivery } from '../../../model/delivery.ts';
import { recordedTime } from '../../../ops/ops-context.ts';
import { pageOf } from '../../../page/page-of.ts';

interface Options extends ClusterFlags, UnitFlags {
  readonly output?: string;
  readonly ops?: string;
  readonly source?: readonly string[];
  readonly at?: string;
  readonly program?: string;
  readonly revisions?: string;
  readonly serve?: true;
  readonly port?: string;
}

/** `portolan page`: one HTML file that shows what runs where, how it came there, and how fast. */
export const define: Define = (command, act) => {
  withOps(
    withClusterFlags(
      withApplication(
        withExamples(
          command,
          'page',
          'page --output public/index.html --no-cluster',
          'page prod --revisions env/prod..promote/prod/v1.2.0',
        ).argument('[environment]', 'the one whose --revisions are shown'),
      )
        .option('-o, --output <file>', 'file to write to (default: .portolan/page.html of the project)')
        .option(
          '--source <folder>',
          'checkout of the source, for lead times; of several sources NAME=FOLDER each (default: the project)',
          repeated,
        )
        .option('--program <base..head>', 'show what two commits of the program render differently')
        .option(
          '--revisions <base..head>',
          'show what two commits of an environment’s branch change, and no other review',
        )
        .option('--at <moment>', 'as of when ages are counted, e.g. 2026-01-31T12:00:00Z (default: now)')
        .option('--serve', 'write nothing: show it on 127.0.0.1 until Ctrl-C, anew whenever a branch moves')
        .option('--port <number>', 'port for --serve (default: any free one)'),
    ),
  ).action(
    act(async (context, name: string | undefined, options: Options) => {
      const { terminal } = context;
      const { output, ops: address, source, at, program, ...flags } = options;
      const moment = momentOf(at);
      const range = program === undefined ? undefined : rangeOf('--program', program);
      const served = servedAt(options);
      const project = await openProject(context);
      const revisions = revisionsOf(project.delivery, name, options);
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
            ...(revisions === undefined ? {} : { revisions }),
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

/** The two commits of one branch that are to be shown. @throws UsageError for one that is not named, and for a name that says nothing */
function revisionsOf(
  delivery: Delivery,
  name: string | undefined,
  { revisions, application, program }: Pick<Options, 'revisions' | 'application' | 'program'>,
): ReviewedRevisions | undefined {
  if (revisions === undefined) {
    if (name === undefined && application === undefined) return undefined;
    throw new UsageError('the page shows every environment; name one with --revisions BASE..HEAD alone');
  }
  if (program !== undefined) throw new UsageError('compare one way at a time: --revisions or --program');
  const range = rangeOf('--revisions', revisions);
  if (name === undefined)
    throw new UsageError(
      `--revisions compares two commits of one environment; name it: page ${delivery.environments[0]?.name ?? 'ENVIRONMENT'} --revisions ${revisions}`,
    );
  const [environment] = chooseEnvironments(delivery, [name]);
  // Without an application, of what applications share.
  const [unit] =
    environment === undefined
      ? []
      : chooseUnits(delivery, environment, { ...(application === undefined ? {} : { application }) });
  return unit === undefined ? undefined : { unit, range };
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
