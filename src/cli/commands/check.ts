import type { Define } from '../command.ts';
import { openProject } from '../open-project.ts';
import { initialReleaseOf, render } from '../rendering.ts';

/** `portolan check`: every rule of the model and every check of the rendered objects; writes nothing. */
export const define: Define = (command, act) => {
  command.action(
    act(async ({ projectFolder, terminal }) => {
      const project = await terminal.step('rules of the model', () => openProject(projectFolder));
      for (const environment of project.delivery.environments) {
        await terminal.step(`render ${environment.name}`, () => render(project, environment, initialReleaseOf(project.delivery, environment)), ({ objects }) => `${objects.length} objects`);
      }
      terminal.result({ findings: [] });
      return true;
    }),
  );
};
