import type { RenderedObject } from '../../../render/rendered-environment.ts';
import type { SchemaFinding } from '../../schema/schema-finding.ts';
import { validateObject } from '../../schema/validate-object.ts';
import { foundAt, type Check, type Report } from '../check.ts';
import { placesOf, valueAt } from '../objects/fields.ts';

/**
 * Every object matches the schema of its kind, in a version that all Kubernetes lines of the environment serve; no unknown
 * field. So does every object that a Tekton trigger would make.
 */
export const schema: Check = {
  name: 'schema',
  find({ environment, objects, catalog }, report) {
    if (catalog === undefined) return;
    const { kubernetes } = environment.cluster;
    for (const rendered of objects.all) {
      const found = validateObject(rendered.object, { catalog, kubernetes });
      if (found.length > 0) reportAll(rendered, found, '', report);
    }
    for (const rendered of objects.ofKind('TriggerTemplate.triggers.tekton.dev')) {
      for (const { fields, path } of placesOf(valueAt(rendered.object, 'spec', 'resourcetemplates'), 'spec.resourcetemplates')) {
        reportAll(rendered, validateObject(fields, { catalog, kubernetes }), path, report);
      }
    }
  },
};

function reportAll(rendered: RenderedObject, findings: readonly SchemaFinding[], path: string, report: Report): void {
  for (const { field, message, given } of findings) {
    report(foundAt(rendered, path === '' ? field : `${path}.${field}`, given === undefined ? message : `${message}, got ${given}`));
  }
}
