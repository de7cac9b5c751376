import { relative } from 'node:path';
import type { Define } from '../command.ts';
import { checkDelivery } from '../../review/check-environment.ts';
import { FindingsError } from '../../review/finding.ts';
import { repositoryWorkflows } from '../../workflows/workflows-of.ts';
import { openOps } from '../open/open-ops.ts';
import { openProject, type OpenProject } from '../open/open-project.ts';
import { besidePublished } from '../trees/compared-trees.ts';
import { renderAll, summarizeRenderings } from '../trees/rendering.ts';
import { withExamples } from '../arguments/with-examples.ts';
import { differingWorkflows, expectedIn, hasWorkflows, type ExpectedWorkflow } from '../trees/workflow-files.ts';

/**
 * `portolan check`: every rule of the model and every check of the rendered objects; writes nothing. Beside an ops repository it also
 * says what publishing there would have to re-create.
 */
export const define: Define = (command, act) => {
  withExamples(
    command.option(
      '--ops <url>',
      'path or URL of the ops repository to check against, each environment at the release it runs (default: none)',
    ),
    'check',
    'check --ops .portolan/ops.git',
  ).action(
    act(async (context, options: { readonly ops?: string }) => {
      const { terminal } = context;
      const project = await terminal.step('rules of the model', () => openProject(context));
      const { delivery, catalog } = project;
      const ops = options.ops === undefined ? undefined : await openOps(project, { address: options.ops });
      const environments = await terminal.step(
        'render every environment',
        () =>
          ops === undefined
            ? renderAll(project, delivery.environments)
            : Promise.all(delivery.environments.map((environment) => besidePublished(project, ops, environment))),
        summarizeRenderings,
      );
      const findings = await terminal.step(
        'checks of the rendered objects',
        () => checkDelivery({ delivery, catalog, environments }),
        (all) => (all.length === 0 ? 'nothing found' : `${all.length} found`),
      );
      const workflows = differingIn(project).map(({ file }) => relative(process.cwd(), file));
      terminal.result({ findings, workflows });
      if (findings.length > 0 && !terminal.json) throw new FindingsError(delivery.name, findings);
      for (const file of workflows)
        terminal.say(`${file} is not as generated; mend it with: npx portolan workflows --write`);
      if (findings.length + workflows.length === 0) terminal.say('Nothing to mend.');
      return findings.length + workflows.length === 0;
    }),
  );
};

/** Workflows of the program's own repository that are committed otherwise than this program generates them. */
function differingIn({ delivery, folder }: OpenProject): readonly ExpectedWorkflow[] {
  const program = delivery.repositories.find(({ holds }) => holds.includes('program'));
  const files = program === undefined ? undefined : repositoryWorkflows(delivery)[program.name];
  return files === undefined || !hasWorkflows(folder) ? [] : differingWorkflows(expectedIn(folder, files));
}
