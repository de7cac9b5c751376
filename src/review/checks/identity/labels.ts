import type { RenderedObject } from '../../../render/rendered-environment.ts';
import { foundAt, type Check, type Report } from '../check.ts';
import { fieldPath, fieldsOf, textOf, valueAt } from '../objects/fields.ts';
import { breaks, breaksKey, dataKey, labelValue } from '../objects/name-rules.ts';

/** Labels, annotations and the keys of ConfigMaps and Secrets are ones that Kubernetes accepts. */
export const labels: Check = {
  name: 'labels',
  find({ objects }, report) {
    for (const rendered of objects.all) {
      const { object } = rendered;
      reportLabels(rendered, object.metadata.labels, 'metadata.labels', report);
      reportKeys(rendered, object.metadata.annotations, 'metadata.annotations', report);
      if (object.kind !== 'ConfigMap' && object.kind !== 'Secret') continue;
      for (const field of ['data', 'binaryData', 'stringData']) {
        for (const key of Object.keys(fieldsOf(object[field]))) {
          const problem = breaks(dataKey, key);
          if (problem !== undefined) report(foundAt(rendered, fieldPath(field, key), `a key ${problem}`));
        }
      }
    }
    for (const { rendered, templatePath } of objects.workloads) {
      if (templatePath === '') continue;
      const metadata = fieldsOf(valueAt(rendered.object, ...templatePath.split('.'), 'metadata'));
      reportLabels(rendered, metadata['labels'], `${templatePath}.metadata.labels`, report);
      reportKeys(rendered, metadata['annotations'], `${templatePath}.metadata.annotations`, report);
    }
  },
};

function reportLabels(rendered: RenderedObject, value: unknown, path: string, report: Report): void {
  const labels = fieldsOf(value);
  reportKeys(rendered, labels, path, report);
  for (const key of Object.keys(labels)) {
    const text = textOf(labels[key]);
    const problem = text === undefined ? `must be a text, got ${JSON.stringify(labels[key])}` : breaks(labelValue, text);
    if (problem !== undefined) report(foundAt(rendered, fieldPath(path, key), `the value of a label ${problem}`));
  }
}

function reportKeys(rendered: RenderedObject, value: unknown, path: string, report: Report): void {
  for (const key of Object.keys(fieldsOf(value))) {
    const problem = breaksKey(key);
    if (problem !== undefined) report(foundAt(rendered, fieldPath(path, key), `a key ${problem}`));
  }
}
