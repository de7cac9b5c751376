import type { RenderedObject } from '../../../objects/rendered-object.ts';
import { foundAt, type Check, type Report } from '../../../objects/check.ts';
import { numberOf, textOf, valueAt } from '../../../objects/fields.ts';
import { isEmptySelector, mapSelector } from '../../../objects/traffic/label-selector.ts';
import { portsOf } from '../../../objects/traffic/service-ports.ts';
import { suggestion } from '../../../objects/names/suggestion.ts';
import type { Workload } from '../../../objects/pods/workload.ts';

/**
 * A Service sends traffic to a port that its pods have: by name always, by number where the containers say which ports
 * they listen on.
 */
export const targetPorts: Check = {
  name: 'target-ports',
  find({ objects }, report) {
    for (const rendered of objects.ofKind('Service')) {
      const selector = mapSelector(valueAt(rendered.object, 'spec', 'selector'));
      if (isEmptySelector(selector)) continue;
      for (const workload of objects.selected(selector, objects.namespaceOf(rendered.object))) {
        for (const { target, path } of portsOf(rendered)) reportPort(rendered, workload, target, path, report);
      }
    }
  },
};

function reportPort(
  rendered: RenderedObject,
  workload: Workload,
  target: string | number,
  path: string,
  report: Report,
): void {
  const known: string[] = [];
  for (const { ports } of workload.running) {
    for (const { fields } of ports) {
      const name = textOf(fields['name']);
      if (name !== undefined) known.push(name);
      known.push(String(numberOf(fields['containerPort']) ?? 0));
    }
  }
  if (known.includes(String(target)) || (typeof target === 'number' && known.length === 0)) return;
  report(
    foundAt(
      rendered,
      `${path}.targetPort`,
      `no container of ${workload.kind} "${workload.name}" has the port ${target}; ${suggestion(String(target), known)}`,
    ),
  );
}
