import { foundAt, type Check } from '../../../objects/check.ts';
import { fieldsOf, textOf, valueAt } from '../../../objects/fields.ts';
import { suggestion } from '../../../objects/names/suggestion.ts';

/** An autoscaler names a workload that is there, and that workload leaves the number of replicas to it. */
export const scaleTargets: Check = {
  name: 'scale-targets',
  find({ objects }, report) {
    for (const rendered of objects.ofKind('HorizontalPodAutoscaler')) {
      const target = fieldsOf(valueAt(rendered.object, 'spec', 'scaleTargetRef'));
      const kind = textOf(target['kind']) ?? '';
      const name = textOf(target['name']) ?? '';
      const namespace = objects.namespaceOf(rendered.object);
      const workload = objects.find(kind, name, namespace);
      if (workload === undefined) {
        report(
          foundAt(
            rendered,
            'spec.scaleTargetRef.name',
            `there is no ${kind} "${name}" in this environment; ${suggestion(name, objects.namesOf(kind, namespace))}`,
          ),
        );
      } else if (valueAt(workload.object, 'spec', 'replicas') !== undefined) {
        report(
          foundAt(
            workload,
            'spec.replicas',
            `HorizontalPodAutoscaler "${rendered.object.metadata.name}" chooses the replicas; leave them out, or each sync resets what it chose`,
          ),
        );
      }
    }
  },
};
