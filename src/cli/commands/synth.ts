import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { Option } from 'commander';
import type { Define } from '../command.ts';
import { writeTree } from '../../render/write-tree.ts';
import { chooseEnvironments } from '../choose-environments.ts';
import { openProject } from '../open-project.ts';
import { initialReleaseOf, render, renderChecked } from '../rendering.ts';
import type { Release } from '../../model/release.ts';
import { UsageError } from '../usage-error.ts';
import { repositoryWorkflows } from '../../workflows/workflows-of.ts';

interface Options {
  readonly output?: string;
  readonly environment?: readonly string[];
  readonly release?: string;
  readonly unchecked?: true;
}

/**
 * `portolan synth`: renders to `dist/<environment>/`, each environment at the first release that project.ts names, and the
 * workflows of the repositories to `dist/source/` and `dist/program/`.
 */
export const define: Define = (command, act) => {
  command
    .option('-o, --output <dir>', 'folder to write to; each environment is a folder in it (default: dist, or what cdk8s asks for)')
    .option('--environment <name...>', 'only these environments')
    .option('--release <file>', 'a release.yaml to render instead of the first release')
    .addOption(new Option('--unchecked', 'render whatever the checks say').hideHelp())
    .action(
      act(async (context, options: Options) => {
        const { projectFolder, terminal } = context;
        const project = openProject(context);
        const { delivery } = project;
        const asked = options.output ?? process.env['CDK8S_OUTDIR'];
        const output = asked === undefined ? resolve(projectFolder, 'dist') : resolve(asked);
        const release = options.release === undefined ? undefined : await readRelease(options.release);
        const written = [];
        for (const environment of chooseEnvironments(delivery, options.environment ?? [])) {
          const folder = resolve(output, environment.name);
          const objects = await terminal.step(
            `${environment.name} → ${relative(process.cwd(), folder) || folder}`,
            () => {
              const make = options.unchecked === true ? render : renderChecked;
              const rendered = make(project, environment, release ?? initialReleaseOf(delivery, environment));
              writeTree(folder, rendered.files);
              return rendered.objects.length;
            },
            (count) => `${count} objects`,
          );
          written.push({ environment: environment.name, folder, objects });
        }
        if (options.environment === undefined) {
          const generated = repositoryWorkflows(delivery);
          for (const { name, holds } of delivery.repositories) {
            const files = generated[name];
            if (files !== undefined) writeTree(resolve(output, holds.includes('source') ? 'source' : 'program'), files);
          }
        }
        terminal.result({ environments: written });
        return true;
      }),
    );
};

async function readRelease(file: string): Promise<Release> {
  const [{ readReleaseRecord }, { wholeRelease }] = await Promise.all([import('../../ops/release/read-release-record.ts'), import('../../ops/release/release-record.ts')]);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new UsageError(`--release: ${file} cannot be read; name the release.yaml of an environment branch`);
  }
  return wholeRelease(readReleaseRecord(text, file).applications);
}
