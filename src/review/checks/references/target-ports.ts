import type { RenderedObject } from '../../../objects/rendered-object.ts';
import { foundAt, type Check, type Report } from '../../../objects/check.ts';
import { numberOf, placesOf, textOf, valueAt } from '../../../objects/fields.ts';
import type { ObjectIndex } from '../../../objects/object-index.ts';
import { isEmptySelector, labelSelector, mapSelector, selects } from '../../../objects/traffic/label-selector.ts';
import { portsOf } from '../../../objects/traffic/service-ports.ts';
import { suggestion } from '../../../objects/names/suggestion.ts';
import type { Workload } from '../../../objects/pods/workload.ts';

/**
 * A Service sends traffic to a port that its pods have: by name always, by number where the containers say which ports
 * they listen on. A monitor asks at a port that what it selects has: by no other name is anything asked.
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
    for (const rendered of objects.ofKind('PodMonitor.monitoring.coreos.com'))
      watchedPorts(rendered, 'podMetricsEndpoints', 'pod', portsOfPods(objects, rendered), report);
    for (const rendered of objects.ofKind('ServiceMonitor.monitoring.coreos.com'))
      watchedPorts(rendered, 'endpoints', 'Service', portsOfServices(objects, rendered), report);
  },
};

/** Names of ports of each pod that a monitor selects. One that looks into other namespaces is left alone: what is there is not known. */
const portsOfPods = (objects: ObjectIndex, { object }: RenderedObject): readonly (readonly string[])[] =>
  valueAt(object, 'spec', 'namespaceSelector') === undefined
    ? objects
        .selected(labelSelector(valueAt(object, 'spec', 'selector')), objects.namespaceOf(object))
        .map(({ running }) =>
          running.flatMap(({ ports }) => ports.flatMap(({ fields }) => textOf(fields['name']) ?? [])),
        )
    : [];

/** Names of ports of each Service that a monitor selects by its own labels. */
function portsOfServices(objects: ObjectIndex, { object }: RenderedObject): readonly (readonly string[])[] {
  if (valueAt(object, 'spec', 'namespaceSelector') !== undefined) return [];
  const selector = labelSelector(valueAt(object, 'spec', 'selector'));
  return objects
    .ofKind('Service')
    .filter((it) => objects.namespaceOf(it.object) === objects.namespaceOf(object))
    .filter((it) => selects(selector, it.object.metadata.labels ?? {}))
    .map((it) =>
      placesOf(valueAt(it.object, 'spec', 'ports'), '').flatMap(({ fields }) => textOf(fields['name']) ?? []),
    );
}

/** @param watched - names of the ports of each that is selected; none where another check tells that nothing is */
function watchedPorts(
  rendered: RenderedObject,
  field: string,
  what: string,
  watched: readonly (readonly string[])[],
  report: Report,
): void {
  const known = [...new Set(watched.flat())];
  if (watched.length === 0) return;
  for (const { fields, path } of placesOf(valueAt(rendered.object, 'spec', field), `spec.${field}`)) {
    const port = textOf(fields['port']);
    if (port === undefined || known.includes(port)) continue;
    report(
      foundAt(
        rendered,
        `${path}.port`,
        `no ${what} that it selects has a port of the name "${port}", so that nothing is ever asked; ${suggestion(port, known)}`,
      ),
    );
  }
}

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
