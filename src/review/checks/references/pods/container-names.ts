import type { RenderedObject } from '../../../../objects/rendered-object.ts';
import { foundAt, type Check, type Report } from '../../../../objects/check.ts';
import { fieldPath, fieldsOf, placesOf, textOf, valueAt } from '../../../../objects/fields.ts';
import { suggestion } from '../../../../objects/names/suggestion.ts';
import { metadataPath, type PodContainer } from '../../../../objects/pods/workload.ts';

const defaultContainer = 'kubectl.kubernetes.io/default-container';

/** Whoever names a container names one of the pod's, and every container has an image: a patch that misspells a name adds one without. */
export const containerNames: Check = {
  name: 'container-names',
  inPod(workload, report) {
    const { rendered, containers, annotations } = workload;
    for (const { name, image, path, variables } of containers) {
      if (image === undefined || image === '') {
        const others = containers.map((container) => container.name).filter((other) => other !== name);
        report(
          foundAt(
            rendered,
            `${path}.image`,
            `container "${name}" has no image; give it one, or write the name of the container that was meant: ${others.join(', ')}`,
          ),
        );
      }
      for (const { fields: variable, path: at } of variables) {
        if (variable['valueFrom'] === undefined) continue;
        const named = textOf(valueAt(variable['valueFrom'], 'resourceFieldRef', 'containerName'));
        reportUnknown(containers, named, rendered, `${at}.valueFrom.resourceFieldRef.containerName`, report);
      }
    }
    const chosen = annotations[defaultContainer];
    if (chosen !== undefined)
      reportUnknown(
        containers,
        chosen,
        rendered,
        fieldPath(metadataPath(workload, 'annotations'), defaultContainer),
        report,
      );
  },
  find({ objects }, report) {
    for (const rendered of objects.ofKind('HorizontalPodAutoscaler')) {
      const target = fieldsOf(valueAt(rendered.object, 'spec', 'scaleTargetRef'));
      const workload = objects.workload(
        textOf(target['kind']) ?? '',
        textOf(target['name']) ?? '',
        objects.namespaceOf(rendered.object),
      );
      if (workload === undefined) continue;
      for (const { fields, path } of placesOf(valueAt(rendered.object, 'spec', 'metrics'), 'spec.metrics')) {
        reportUnknown(
          workload.containers,
          textOf(valueAt(fields, 'containerResource', 'container')),
          rendered,
          `${path}.containerResource.container`,
          report,
        );
      }
    }
  },
};

function reportUnknown(
  containers: readonly PodContainer[],
  named: string | undefined,
  rendered: RenderedObject,
  field: string,
  report: Report,
): void {
  if (named === undefined || containers.some(({ name }) => name === named)) return;
  report(
    foundAt(
      rendered,
      field,
      `the pod has no container "${named}"; ${suggestion(
        named,
        containers.map(({ name }) => name),
      )}`,
    ),
  );
}
