import { foundAt, type Check } from '../check.ts';
import { placesOf, textOf, valueAt, type Place } from '../objects/fields.ts';
import { breaks, dnsLabel, portName, type NameRule } from '../objects/name-rules.ts';

/** Names inside a pod (containers, volumes, ports) and of a Service's ports are valid and unique. */
export const podNames: Check = {
  name: 'pod-names',
  *find({ objects }) {
    for (const { rendered, pod, specPath, containers } of objects.workloads) {
      const found = [
        ...problems('container', containers.map(({ fields, path }) => ({ fields, path })), dnsLabel),
        ...problems('volume', placesOf(pod['volumes'], `${specPath}.volumes`), dnsLabel),
        ...containers.flatMap(({ fields, path }) => problems('port', placesOf(fields['ports'], `${path}.ports`), portName)),
      ];
      for (const { field, message } of found) yield foundAt(rendered, field, message);
    }
    for (const rendered of objects.ofKind('Service')) {
      const ports = placesOf(valueAt(rendered.object, 'spec', 'ports'), 'spec.ports');
      for (const { field, message } of problems('port', ports, dnsLabel)) yield foundAt(rendered, field, message);
      for (const { fields, path } of ports.length > 1 ? ports : []) {
        if (textOf(fields['name']) === undefined) yield foundAt(rendered, `${path}.name`, 'must have a name because the Service has several ports; write one, e.g. "http"');
      }
    }
  },
};

function problems(what: string, places: readonly Place[], rule: NameRule): readonly { readonly field: string; readonly message: string }[] {
  const seen = new Set<string>();
  return places.flatMap(({ fields, path }) => {
    const name = textOf(fields['name']);
    if (name === undefined) return [];
    const problem = breaks(rule, name);
    const twice = seen.has(name);
    seen.add(name);
    const field = `${path}.name`;
    if (problem !== undefined) return [{ field, message: `the name of a ${what} ${problem}` }];
    return twice ? [{ field, message: `two ${what}s are called "${name}"; give each a name of its own` }] : [];
  });
}
