import { foundAt, type Check } from '../../../objects/check.ts';
import { selects, writeLabels, writeSelector } from '../../../objects/traffic/label-selector.ts';
import { suggestion } from '../../../objects/names/suggestion.ts';

/** Every selector selects some pod, and a workload's selects the pods that it makes. */
export const selectors: Check = {
  name: 'selectors',
  find({ objects }, report) {
    for (const { rendered, path, selector, use } of objects.podSelectors) {
      const { kind, metadata } = rendered.object;
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
  },
};
