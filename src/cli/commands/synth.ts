import { relative, resolve } from 'node:path';
import type { Define } from '../command.ts';
import { writeTree } from '../../render/write-tree.ts';
import { chooseEnvironments } from '../choose-environments.ts';
import { openProject } from '../open-project.ts';
import { initialReleaseOf, renderChecked } from '../rendering.ts';
import { repositoryWorkflows } from '../../workflows/workflows-of.ts';

/**
 * `portolan synth`: renders to `dist/<environment>/`, each environment at the first release that project.ts names, and the
 * workflows of the repositories to `dist/source/` and `dist/program/`.
 */
export const define: Define = (command, act) => {
  command
    .option('-o, --output <dir>', 'folder to write to; each environment is a folder in it (default: dist, or what cdk8s asks for)')
    .option('--environment <name...>', 'only these environments')
    .action(
      act(async (context, options: { output?: string; environment?: string[] }) => {
        const { projectFolder, terminal } = context;
        const project = openProject(context);
        const { delivery } = project;
        const asked = options.output ?? process.env['CDK8S_OUTDIR'];
        const output = asked === undefined ? resolve(projectFolder, 'dist') : resolve(asked);
        const written = [];
        for (const environment of chooseEnvironments(delivery, options.environment ?? [])) {
          const folder = resolve(output, environment.name);
          const objects = await terminal.step(
            `${environment.name} → ${relative(process.cwd(), folder) || folder}`,
            () => {
              const rendered = renderChecked(project, environment, initialReleaseOf(delivery, environment));
              writeTree(folder, rendered.files);
              return rendered.objects.length;
            },
            (count) => `${count} objects`,
          );
          written.push({ environment: environment.name, folder, objects });
        }
        if (options.environment === undefined) {
          for (const { name, holds } of delivery.repositories) {
            const files = repositoryWorkflows(delivery)[name];
            if (files !== undefined) writeTree(resolve(output, holds.includes('source') ? 'source' : 'program'), files);
          }
        }
        terminal.result({ environments: written });
        return true;
      }),
    );
};
