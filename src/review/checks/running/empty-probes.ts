import { foundAt, type Check } from '../../../objects/check.ts';
import { cannotFail, probeCommand, probeFields } from '../../../objects/pods/probe-actions.ts';

/** No probe runs a command that succeeds whatever happens: it says Ready of a pod that is not. */
export const emptyProbes: Check = {
  name: 'empty-probes',
  inContainer(container, { rendered }, report) {
    for (const probe of probeFields) {
      const command = probeCommand(container, probe);
      if (command === undefined || !cannotFail(command)) continue;
      report(
        foundAt(
          rendered,
          `${container.path}.${probe}.exec.command`,
          `never fails, so it says nothing; ask the program itself, got ${JSON.stringify(command)}`,
        ),
      );
    }
  },
};
