import type { RenderedObject } from '../../../render/rendered-environment.ts';
import { foundAt, type Check, type Found } from '../check.ts';
import { fieldPath, fieldsOf, textOf, valueAt } from '../objects/fields.ts';
import { breaks, breaksKey, dataKey, labelValue } from '../objects/name-rules.ts';

/** Labels, annotations and the keys of ConfigMaps and Secrets are ones that Kubernetes accepts. */
export const labels: Check = {
  name: 'labels',
  *find({ objects }) {
    for (const rendered of objects.all) {
      const { object } = rendered;
      yield* labelProblems(rendered, object.metadata.labels, 'metadata.labels');
      yield* keyProblems(rendered, object.metadata.annotations, 'metadata.annotations');
      if (object.kind !== 'ConfigMap' && object.kind !== 'Secret') continue;
      for (const field of ['data', 'binaryData', 'stringData']) {
        for (const key of Object.keys(fieldsOf(object[field]))) {
          const problem = breaks(dataKey, key);
          if (problem !== undefined) yield foundAt(rendered, fieldPath(field, key), `a key ${problem}`);
        }
      }
    }
    for (const { rendered, templatePath } of objects.workloads) {
      if (templatePath === '') continue;
      const metadata = valueAt(rendered.object, ...templatePath.split('.'), 'metadata');
      yield* labelProblems(rendered, fieldsOf(metadata)['labels'], `${templatePath}.metadata.labels`);
      yield* keyProblems(rendered, fieldsOf(metadata)['annotations'], `${templatePath}.metadata.annotations`);
    }
  },
};

function labelProblems(rendered: RenderedObject, value: unknown, path: string): readonly Found[] {
  const labels = fieldsOf(value);
  const values = Object.keys(labels).flatMap((key) => {
    const text = textOf(labels[key]);
    const problem = text === undefined ? `must be a text, got ${JSON.stringify(labels[key])}` : breaks(labelValue, text);
    return problem === undefined ? [] : [foundAt(rendered, fieldPath(path, key), `the value of a label ${problem}`)];
  });
  return [...keyProblems(rendered, value, path), ...values];
}

const keyProblems = (rendered: RenderedObject, value: unknown, path: string): readonly Found[] =>
  Object.keys(fieldsOf(value)).flatMap((key) => {
    const problem = breaksKey(key);
    return problem === undefined ? [] : [foundAt(rendered, fieldPath(path, key), `a key ${problem}`)];
  });
