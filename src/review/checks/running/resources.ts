import { foundAt, type Check } from '../check.ts';
import { fieldsOf } from '../objects/fields.ts';
import { quantityOf } from '../objects/quantity.ts';
import { suggestion } from '../objects/suggestion.ts';

/** Resources that Kubernetes knows; others carry a domain, e.g. `nvidia.com/gpu`. */
const known = /^(?:cpu|memory|ephemeral-storage|hugepages-.+|.+\/.+)$/;

/** Every container says what it needs and what it may use, of CPU and of memory. */
export const resources: Check = {
  name: 'resources',
  *find({ objects }) {
    for (const { rendered, containers } of objects.workloads) {
      for (const { name, role, path, fields } of containers) {
        // Kubernetes allows no resources on ephemeral containers.
        if (role === 'ephemeral') continue;
        const given = fieldsOf(fields['resources']);
        for (const part of ['requests', 'limits'] as const) {
          for (const what of Object.keys(fieldsOf(given[part]))) {
            if (!known.test(what)) yield foundAt(rendered, `${path}.resources.${part}.${what}`, `there is no resource "${what}"; ${suggestion(what, ['cpu', 'memory', 'ephemeral-storage'])}`);
          }
          const missing = ['cpu', 'memory'].filter((what) => quantityOf(fieldsOf(given[part])[what]) === undefined);
          if (missing.length === 0) continue;
          const why = part === 'requests' ? 'the scheduler does not know what it needs' : 'nothing keeps it from taking the whole node';
          yield foundAt(rendered, `${path}.resources.${part}`, `container "${name}" has no ${missing.join(' and ')} in its ${part}, so ${why}; write a quantity, e.g. ${missing.includes('cpu') ? '100m' : '128Mi'}`);
        }
      }
    }
  },
};
