import { valueAt } from '../fields.ts';
import { isEmptySelector, mapSelector } from './label-selector.ts';
import type { ObjectIndex } from '../object-index.ts';
import { portsOf } from './service-ports.ts';
import type { PodContainer, Workload } from '../pods/workload.ts';

/** The containers that some Service sends traffic to, by workload. Where no container says that it has the port, it is the first. */
export function receivers(objects: ObjectIndex): ReadonlyMap<Workload, ReadonlySet<PodContainer>> {
  const found = new Map<Workload, Set<PodContainer>>();
  for (const rendered of objects.ofKind('Service')) {
    const selector = mapSelector(valueAt(rendered.object, 'spec', 'selector'));
    if (isEmptySelector(selector)) continue;
    for (const workload of objects.selected(selector, objects.namespaceOf(rendered.object))) {
      if (!workload.lasting) continue;
      const containers = found.get(workload) ?? new Set();
      found.set(workload, containers);
      const { running } = workload;
      for (const { target } of portsOf(rendered)) {
        const receiver =
          running.find((container) => listensOn(container, target)) ?? running.find(({ role }) => role === 'container');
        if (receiver !== undefined) containers.add(receiver);
      }
    }
  }
  return found;
}

const listensOn = ({ ports }: PodContainer, port: string | number): boolean =>
  ports.some(({ fields: declared }) => declared['name'] === port || declared['containerPort'] === port);
