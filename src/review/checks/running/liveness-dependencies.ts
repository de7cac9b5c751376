import { foundAt, type Check } from '../check.ts';
import { valueAt } from '../objects/fields.ts';
import { mapSelector, selects } from '../objects/label-selector.ts';
import { hasProbe, probeText } from '../objects/probe-actions.ts';

/** Words that may be the first label of a host. */
const word = /[a-z][a-z0-9-]*/g;

/** A liveness probe asks nobody but its own pod: else an outage of a neighbour restarts every pod that needs it. */
export const livenessDependencies: Check = {
  name: 'liveness-dependencies',
  *find({ objects }) {
    for (const { rendered, containers, namespace, labels } of objects.workloads) {
      for (const container of containers) {
        if (!hasProbe(container, 'livenessProbe')) continue;
        const words = new Set(probeText(container, 'livenessProbe').match(word));
        for (const name of words) {
          const service = objects.find('Service', name, namespace);
          const selector = mapSelector(valueAt(service?.object, 'spec', 'selector'));
          if (service === undefined || selects(selector, labels)) continue;
          yield foundAt(rendered, `${container.path}.livenessProbe`, `asks Service "${name}", so that an outage there restarts this pod; ask the container itself, and the neighbour in the readiness probe`);
        }
      }
    }
  },
};
