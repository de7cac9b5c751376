import { foundAt, type Check } from '../check.ts';
import { cannotFail, probeCommand, probeFields } from '../objects/probe-actions.ts';

/** No probe runs a command that succeeds whatever happens: it says Ready of a pod that is not. */
export const emptyProbes: Check = {
  name: 'empty-probes',
  *find({ objects }) {
    for (const { rendered, containers } of objects.workloads) {
      for (const container of containers) {
        for (const probe of probeFields) {
          const command = probeCommand(container, probe);
          if (command === undefined || !cannotFail(command)) continue;
          yield foundAt(rendered, `${container.path}.${probe}.exec.command`, `never fails, so it says nothing; ask the program itself, got ${JSON.stringify(command)}`);
        }
      }
    }
  },
};
