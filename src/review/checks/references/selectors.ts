import { foundAt, type Check, type Report } from '../../../objects/check.ts';
import { kindOf } from '../../../objects/kind.ts';
import { valueAt } from '../../../objects/fields.ts';
import type { ObjectIndex } from '../../../objects/object-index.ts';
import type { RenderedObject } from '../../../objects/rendered-object.ts';
import { labelSelector, selects, writeLabels, writeSelector } from '../../../objects/traffic/label-selector.ts';
import { suggestion } from '../../../objects/names/suggestion.ts';

/** Every selector selects some pod, and a workload's selects the pods that it makes. */
export const selectors: Check = {
  name: 'selectors',
  find({ objects }, report) {
    for (const { rendered, path, selector, use } of objects.podSelectors) {
      const { metadata } = rendered.object;
      const kind = kindOf(rendered.object);
      const namespace = objects.namespaceOf(rendered.object);
      if (use === 'owns') {
        const own =
          objects.find(kind, metadata.name, namespace) === rendered
            ? objects.workload(kind, metadata.name, namespace)
            : undefined;
        if (own === undefined || selects(selector, own.labels)) continue;
        report(
          foundAt(
            rendered,
            path,
            `does not select the pods that the template makes; write their labels (${writeLabels(own.labels)}), got ${writeSelector(selector)}`,
          ),
        );
      } else if (objects.selected(selector, namespace).length === 0) {
        const known = objects.workloads
          .filter((workload) => workload.namespace === namespace)
          .map(({ labels }) => writeLabels(labels));
        report(
          foundAt(
            rendered,
            path,
            `selects no pod of this environment (${writeSelector(selector)}); ${suggestion(writeSelector(selector), known)}`,
          ),
        );
      }
    }
    for (const rendered of objects.ofKind('ServiceMonitor.monitoring.coreos.com', 'PodMonitor.monitoring.coreos.com'))
      watchesNothing(objects, rendered, report);
  },
};

/** Tells a monitor of this namespace that selects no Service, or no pod. */
function watchesNothing(objects: ObjectIndex, rendered: RenderedObject, report: Report): void {
  if (valueAt(rendered.object, 'spec', 'namespaceSelector') !== undefined) return;
  const selector = labelSelector(valueAt(rendered.object, 'spec', 'selector'));
  const namespace = objects.namespaceOf(rendered.object);
  const services = objects
    .ofKind('Service')
    .filter(({ object }) => objects.namespaceOf(object) === namespace)
    .map(({ object }) => object.metadata.labels ?? {});
  const pods = objects.workloads.filter((it) => it.namespace === namespace).map(({ labels }) => labels);
  const [what, watched] = rendered.object.kind === 'PodMonitor' ? ['pod', pods] : ['Service', services];
  if (watched.some((labels) => selects(selector, labels))) return;
  const known = watched.filter((labels) => Object.keys(labels).length > 0).map(writeLabels);
  report(
    foundAt(
      rendered,
      'spec.selector',
      `selects no ${what} of this environment by its own labels (${writeSelector(selector)}); ${suggestion(writeSelector(selector), known)}`,
    ),
  );
}
