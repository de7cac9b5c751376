import type { RenderedObject } from '../../../render/rendered-environment.ts';
import { foundAt, type Check, type Report } from '../check.ts';
import { fieldPath, fieldsOf, textOf, valueAt } from '../objects/fields.ts';
import { breaks, breaksKey, dataKey, labelValue } from '../objects/names/name-rules.ts';

/** Labels, annotations and the keys of ConfigMaps and Secrets are ones that Kubernetes accepts. */
export const labels: Check = {
  name: 'labels',
  find({ objects }, report) {
    const known: Known = { keys: new Map(), values: new Map() };
    for (const rendered of objects.all) {
      const { object } = rendered;
      reportLabels(rendered, object.metadata.labels, 'metadata.labels', known, report);
      reportKeys(rendered, object.metadata.annotations, 'metadata.annotations', known, report);
      if (object.kind === 'ConfigMap' || object.kind === 'Secret') reportDataKeys(rendered, report);
    }
    for (const { rendered, templatePath } of objects.workloads) {
      if (templatePath === '') continue;
      const metadata = fieldsOf(valueAt(rendered.object, ...templatePath.split('.'), 'metadata'));
      reportLabels(rendered, metadata['labels'], `${templatePath}.metadata.labels`, known, report);
      reportKeys(rendered, metadata['annotations'], `${templatePath}.metadata.annotations`, known, report);
    }
  },
};

/** What is wrong with keys and values: most stand in many objects. */
interface Known {
  readonly keys: Map<string, string | undefined>;
  readonly values: Map<string, string | undefined>;
}

function reportLabels(rendered: RenderedObject, value: unknown, path: string, known: Known, report: Report): void {
  if (value === undefined) return;
  const labels = fieldsOf(value);
  reportKeys(rendered, labels, path, known, report);
  for (const key of Object.keys(labels)) {
    const text = textOf(labels[key]);
    const problem = text === undefined ? `must be a text, got ${JSON.stringify(labels[key])}` : knownProblem(known.values, text, valueProblem);
    if (problem !== undefined) report(foundAt(rendered, fieldPath(path, key), `the value of a label ${problem}`));
  }
}

function reportKeys(rendered: RenderedObject, value: unknown, path: string, known: Known, report: Report): void {
  if (value === undefined) return;
  for (const key of Object.keys(fieldsOf(value))) {
    const problem = knownProblem(known.keys, key, breaksKey);
    if (problem !== undefined) report(foundAt(rendered, fieldPath(path, key), `a key ${problem}`));
  }
}

function reportDataKeys(rendered: RenderedObject, report: Report): void {
  for (const field of ['data', 'binaryData', 'stringData']) {
    for (const key of Object.keys(fieldsOf(rendered.object[field]))) {
      const problem = breaks(dataKey, key);
      if (problem !== undefined) report(foundAt(rendered, fieldPath(field, key), `a key ${problem}`));
    }
  }
}

const valueProblem = (text: string): string | undefined => breaks(labelValue, text);

function knownProblem(known: Known['keys'], text: string, problemOf: (text: string) => string | undefined): string | undefined {
  if (!known.has(text)) known.set(text, problemOf(text));
  return known.get(text);
}
