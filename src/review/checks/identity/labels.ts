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

function* labelProblems(rendered: RenderedObject, value: unknown, path: string): Iterable<Found> {
  yield* keyProblems(rendered, value, path);
  for (const [key, entry] of Object.entries(fieldsOf(value))) {
    const text = textOf(entry);
    const problem = text === undefined ? `must be a text, got ${JSON.stringify(entry)}` : breaks(labelValue, text);
    if (problem !== undefined) yield foundAt(rendered, fieldPath(path, key), `the value of a label ${problem}`);
  }
}

function* keyProblems(rendered: RenderedObject, value: unknown, path: string): Iterable<Found> {
  for (const key of Object.keys(fieldsOf(value))) {
    const problem = breaksKey(key);
    if (problem !== undefined) yield foundAt(rendered, fieldPath(path, key), `a key ${problem}`);
  }
}
