import { foundAt, type Check } from '../../../objects/check.ts';
import { hasProbe } from '../../../objects/pods/probe-actions.ts';
import { receivers } from '../../../objects/traffic/receivers.ts';

/** What receives traffic is asked whether it can (readiness), and is started again when it hangs (liveness). */
export const probes: Check = {
  name: 'probes',
  find({ objects }, report) {
    for (const [workload, containers] of receivers(objects)) {
      for (const container of containers) {
        if (!hasProbe(container, 'readinessProbe')) {
          report(
            foundAt(
              workload.rendered,
              `${container.path}.readinessProbe`,
              `container "${container.name}" receives traffic before anybody knows that it can serve it; add a readiness probe`,
            ),
          );
        }
        if (!hasProbe(container, 'livenessProbe')) {
          report(
            foundAt(
              workload.rendered,
              `${container.path}.livenessProbe`,
              `container "${container.name}" receives traffic and is never started again when it hangs; add a liveness probe`,
            ),
          );
        }
      }
    }
  },
};
