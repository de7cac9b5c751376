import { foundAt, type Check } from '../check.ts';
import { numberOf, placesOf, textOf, valueAt } from '../objects/fields.ts';
import { mapSelector } from '../objects/label-selector.ts';
import { portsOf } from '../objects/service-ports.ts';
import { suggestion } from '../objects/suggestion.ts';
import { runningContainers, type Workload } from '../objects/workload.ts';

/**
 * A Service sends traffic to a port that its pods have: by name always, by number where the containers say which ports
 * they listen on.
 */
export const targetPorts: Check = {
  name: 'target-ports',
  *find({ objects }) {
    for (const rendered of objects.ofKind('Service')) {
      const selector = mapSelector(valueAt(rendered.object, 'spec', 'selector'));
      if (Object.keys(selector.labels).length === 0) continue;
      for (const workload of objects.selected(selector, objects.namespaceOf(rendered.object))) {
        const declared = containerPorts(workload);
        for (const { target, path } of portsOf(rendered)) {
          const known = declared.flatMap(({ name, port }) => (name === undefined ? [String(port)] : [name, String(port)]));
          if (known.includes(String(target)) || (typeof target === 'number' && declared.length === 0)) continue;
          yield foundAt(rendered, `${path}.targetPort`, `no container of ${workload.kind} "${workload.name}" has the port ${target}; ${suggestion(String(target), known)}`);
        }
      }
    }
  },
};

function containerPorts(workload: Workload): readonly { readonly name: string | undefined; readonly port: number }[] {
  return runningContainers(workload).flatMap(({ fields }) =>
    placesOf(fields['ports'], '').map(({ fields: port }) => ({ name: textOf(port['name']), port: numberOf(port['containerPort']) ?? 0 })),
  );
}
