import type { RenderedObject } from '../../../objects/rendered-object.ts';
import { KnownTexts } from '../../../objects/known-texts.ts';
import { foundAt, type Check, type Report } from '../../../objects/check.ts';
import { fieldPath, fieldsOf, textOf, valueAt } from '../../../objects/fields.ts';
import { breaks, breaksKey, dataKey, labelValue } from '../../../objects/names/name-rules.ts';

/** Labels, annotations and the keys of ConfigMaps and Secrets are ones that Kubernetes accepts. */
export const labels: Check = {
  name: 'labels',
  inObject(rendered, report) {
    const { object } = rendered;
    reportLabels(rendered, object.metadata.labels, 'metadata.labels', report);
    reportKeys(rendered, object.metadata.annotations, 'metadata.annotations', report);
    if (object.kind === 'ConfigMap' || object.kind === 'Secret') reportDataKeys(rendered, report);
  },
  inPod({ rendered, templatePath }, report) {
    if (templatePath === '') return;
    const metadata = fieldsOf(valueAt(rendered.object, ...templatePath.split('.'), 'metadata'));
    reportLabels(rendered, metadata['labels'], `${templatePath}.metadata.labels`, report);
    reportKeys(rendered, metadata['annotations'], `${templatePath}.metadata.annotations`, report);
  },
};

const goodKeys = new KnownTexts();
const goodValues = new KnownTexts();

function reportLabels(rendered: RenderedObject, value: unknown, path: string, report: Report): void {
  if (value === undefined) return;
  const labels = fieldsOf(value);
  reportKeys(rendered, labels, path, report);
  for (const key of Object.keys(labels)) {
    const text = textOf(labels[key]);
    const problem =
      text === undefined
        ? `must be a text, got ${JSON.stringify(labels[key])}`
        : problemOf(goodValues, text, valueProblem);
    if (problem !== undefined) report(foundAt(rendered, fieldPath(path, key), `the value of a label ${problem}`));
  }
}

function reportKeys(rendered: RenderedObject, value: unknown, path: string, report: Report): void {
  if (value === undefined) return;
  for (const key of Object.keys(fieldsOf(value))) {
    const problem = problemOf(goodKeys, key, breaksKey);
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

function problemOf(good: KnownTexts, text: string, look: (text: string) => string | undefined): string | undefined {
  if (good.has(text)) return undefined;
  const problem = look(text);
  if (problem === undefined) good.add(text);
  return problem;
}
