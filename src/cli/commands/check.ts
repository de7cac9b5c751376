import type { Define } from '../command.ts';
import { checkDelivery } from '../../review/check-environment.ts';
import { FindingsError } from '../../review/finding.ts';
import { openProject } from '../open-project.ts';
import { initialReleaseOf, render } from '../rendering.ts';

/** `portolan check`: every rule of the model and every check of the rendered objects; writes nothing. */
export const define: Define = (command, act) => {
  command.action(
    act(async (context) => {
      const { terminal } = context;
      const project = await terminal.step('rules of the model', () => openProject(context));
      const { delivery, catalog } = project;
      const environments = await terminal.step(
        'render every environment',
        () => delivery.environments.map((environment) => ({ environment, rendered: render(project, environment, initialReleaseOf(delivery, environment)) })),
        (all) => all.map(({ environment, rendered }) => `${environment.name} ${rendered.objects.length} objects`).join(', '),
      );
      const findings = await terminal.step('checks of the rendered objects', () => checkDelivery({ delivery, catalog, environments }), (all) => (all.length === 0 ? 'nothing found' : `${all.length} found`));
      terminal.result({ findings });
      if (findings.length > 0 && !terminal.json) throw new FindingsError(delivery.name, findings);
      terminal.say('Nothing to mend.');
      return findings.length === 0;
    }),
  );
};
