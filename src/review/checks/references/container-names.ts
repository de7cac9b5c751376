import { foundAt, type Check } from '../check.ts';
import { fieldPath, fieldsOf, placesOf, textOf, valueAt } from '../objects/fields.ts';
import { suggestion } from '../objects/suggestion.ts';
import { metadataPath } from '../objects/workload.ts';

const defaultContainer = 'kubectl.kubernetes.io/default-container';

/** Whoever names a container names one of the pod's, and every container has an image: a patch that misspells a name adds one without. */
export const containerNames: Check = {
  name: 'container-names',
  *find({ objects }) {
    for (const workload of objects.workloads) {
      const names = workload.containers.map(({ name }) => name);
      const wrong = (name: string | undefined): string | undefined =>
        name === undefined || names.includes(name) ? undefined : `the pod has no container "${name}"; ${suggestion(name, names)}`;

      for (const { name, image, path, fields } of workload.containers) {
        if (image === undefined || image === '') {
          yield foundAt(workload.rendered, `${path}.image`, `container "${name}" has no image; give it one, or write the name of the container that was meant: ${names.filter((other) => other !== name).join(', ')}`);
        }
        for (const { fields: variable, path: at } of placesOf(fields['env'], `${path}.env`)) {
          const problem = wrong(textOf(valueAt(variable, 'valueFrom', 'resourceFieldRef', 'containerName')));
          if (problem !== undefined) yield foundAt(workload.rendered, `${at}.valueFrom.resourceFieldRef.containerName`, problem);
        }
      }
      const problem = wrong(workload.annotations[defaultContainer]);
      if (problem !== undefined) yield foundAt(workload.rendered, fieldPath(metadataPath(workload, 'annotations'), defaultContainer), problem);
    }
    for (const rendered of objects.ofKind('HorizontalPodAutoscaler')) {
      const target = fieldsOf(valueAt(rendered.object, 'spec', 'scaleTargetRef'));
      const workload = objects.workload(textOf(target['kind']) ?? '', textOf(target['name']) ?? '', objects.namespaceOf(rendered.object));
      for (const { fields, path } of placesOf(valueAt(rendered.object, 'spec', 'metrics'), 'spec.metrics')) {
        const container = textOf(valueAt(fields, 'containerResource', 'container'));
        const names = workload?.containers.map(({ name }) => name);
        if (container === undefined || names === undefined || names.includes(container)) continue;
        yield foundAt(rendered, `${path}.containerResource.container`, `the pod has no container "${container}"; ${suggestion(container, names)}`);
      }
    }
  },
};
