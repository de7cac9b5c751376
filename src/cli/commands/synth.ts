import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Option } from 'commander';
import type { Define } from '../command.ts';
import { writeTree } from '../../render/write-tree.ts';
import { chooseEnvironments } from '../arguments/choose-environments.ts';
import { openProject } from '../project/open-project.ts';
import { renderAll, renderAllChecked, summarizeRenderings } from '../trees/rendering.ts';
import type { ReleaseOf } from '../../render/render-environment.ts';
import { shortPath } from '../words/short-path.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { withExamples } from '../arguments/with-examples.ts';
import { lackingCredentials } from '../../workflows/lacking-credentials.ts';
import { workflowFolders, type WrittenFolder } from '../trees/workflow-folders.ts';
import { describeLacking } from '../words/describe-lacking.ts';

interface Options {
  readonly output?: string;
  readonly environment?: readonly string[];
  readonly release?: string;
  readonly unchecked?: true;
}

/**
 * `portolan synth`: renders to `dist/<environment>/`, each environment at the first release that project.ts names, and the
 * workflows of the repositories to `dist/source/`, or of several sources `dist/source/<name>/`, and `dist/program/`. Writes once everything is
 * rendered and checked.
 */
export const define: Define = (command, act) => {
  withExamples(command, 'synth', 'synth --environment prod --output /tmp/rendered')
    .option(
      '-o, --output <dir>',
      'folder to write to; each environment is a folder in it (default: dist, or what cdk8s asks for)',
    )
    .option('--environment <name...>', 'only these environments')
    .option('--release <file>', 'a release.yaml to render instead of the first release')
    .addOption(new Option('--unchecked', 'render whatever the checks say').hideHelp())
    .action(
      act(async (context, options: Options) => {
        const { projectFolder, terminal } = context;
        const project = await openProject(context);
        const { delivery } = project;
        const asked = [options.output, process.env['CDK8S_OUTDIR']].find(
          (folder) => folder !== undefined && folder !== '',
        );
        const output = asked === undefined ? resolve(projectFolder, 'dist') : resolve(asked);
        const release = options.release === undefined ? undefined : await readRelease(options.release);
        const chosen = chooseEnvironments(delivery, options.environment ?? []);
        const renderings = await terminal.step(
          'render and check',
          () => (options.unchecked === true ? renderAll : renderAllChecked)(project, chosen, release),
          summarizeRenderings,
        );
        const environments = renderings.map(({ environment: { name }, rendered: { objects, files } }) => ({
          environment: name,
          folder: resolve(output, name),
          objects: objects.length,
          files,
        }));
        const problems = options.environment === undefined ? lackingCredentials(delivery) : [];
        const workflows =
          options.environment === undefined && problems.length === 0 ? workflowFolders(delivery, output) : [];
        const folders: readonly WrittenFolder[] = [...environments, ...workflows];
        await terminal.step(`write ${folders.map(({ folder }) => shortPath(folder)).join(', ')}`, () => {
          for (const { folder, files } of folders) writeTree(folder, files);
        });
        for (const line of describeLacking(problems)) terminal.say(line);
        terminal.result({
          ...(problems.length === 0 ? {} : { problems }),
          environments: environments.map(({ environment, folder, objects }) => ({ environment, folder, objects })),
        });
        return true;
      }),
    );
};

/** The release of each application that a file names; of one that it does not name, all that it names. */
async function readRelease(file: string): Promise<ReleaseOf> {
  const [{ readReleaseRecord }, { wholeRelease }] = await Promise.all([
    import('../../ops/release/read-release-record.ts'),
    import('../../ops/release/release-record.ts'),
  ]);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new UsageError(`--release: ${file} cannot be read; name the release.yaml of an environment branch`);
  }
  const { applications } = readReleaseRecord(text, file);
  const all = wholeRelease(applications);
  return (application) => (Object.keys(applications).length === 1 ? all : (applications[application] ?? all));
}
