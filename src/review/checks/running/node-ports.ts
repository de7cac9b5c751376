import { foundAt, type Check } from '../../../objects/check.ts';
import { numberOf, placesOf, valueAt } from '../../../objects/fields.ts';

const range = { first: 30000, last: 32767 } as const;

/** A port number of the node range is a node port, and not the Service's own port by mistake. */
export const nodePorts: Check = {
  name: 'node-ports',
  find({ objects }, report) {
    for (const rendered of objects.ofKind('Service')) {
      if (valueAt(rendered.object, 'spec', 'type') !== 'NodePort') continue;
      for (const { fields, path } of placesOf(valueAt(rendered.object, 'spec', 'ports'), 'spec.ports')) {
        const port = numberOf(fields['port']) ?? 0;
        if (port < range.first || port > range.last || fields['nodePort'] === port) continue;
        report(
          foundAt(
            rendered,
            `${path}.nodePort`,
            `the port ${port} looks like a node port, but the node's port is another; write it as nodePort too, or write the program's own port as port`,
          ),
        );
      }
    }
  },
};
