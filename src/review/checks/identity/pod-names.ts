import type { RenderedObject } from '../../../objects/rendered-object.ts';
import { foundAt, type Check, type Report } from '../../../objects/check.ts';
import { placesOf, textOf, valueAt, type FieldPlace } from '../../../objects/fields.ts';
import { breaks, dnsLabel, portName, type NameRule } from '../../../objects/names/name-rules.ts';

/** Names inside a pod (containers, volumes, ports) and of a Service's ports are valid and unique. */
export const podNames: Check = {
  name: 'pod-names',
  inPod({ rendered, volumes, containers }, report) {
    reportNames('container', containers, dnsLabel, rendered, report);
    reportNames('volume', volumes, dnsLabel, rendered, report);
    for (const { ports } of containers) reportNames('port', ports, portName, rendered, report);
  },
  find({ objects }, report) {
    for (const rendered of objects.ofKind('Service')) {
      const ports = placesOf(valueAt(rendered.object, 'spec', 'ports'), 'spec.ports');
      reportNames('port', ports, dnsLabel, rendered, report);
      if (ports.length < 2) continue;
      for (const { fields, path } of ports) {
        if (textOf(fields['name']) === undefined)
          report(
            foundAt(
              rendered,
              `${path}.name`,
              'must have a name because the Service has several ports; write one, e.g. "http"',
            ),
          );
      }
    }
  },
};

function reportNames(
  what: string,
  places: readonly FieldPlace[],
  rule: NameRule,
  rendered: RenderedObject,
  report: Report,
): void {
  for (const [i, { fields, path }] of places.entries()) {
    const name = textOf(fields['name']);
    if (name === undefined) continue;
    const problem = breaks(rule, name);
    if (problem !== undefined) report(foundAt(rendered, `${path}.name`, `the name of a ${what} ${problem}`));
    else if (isTaken(places, i, name))
      report(foundAt(rendered, `${path}.name`, `two ${what}s are called "${name}"; give each a name of its own`));
  }
}

/** Whether a place before has the name. */
function isTaken(places: readonly FieldPlace[], position: number, name: string): boolean {
  for (let i = 0; i < position; i += 1) if (places[i]?.fields['name'] === name) return true;
  return false;
}
