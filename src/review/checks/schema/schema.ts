import type { RenderedObject } from '../../../objects/rendered-object.ts';
import type { SchemaFinding } from '../../../objects/schema-finding.ts';
import { foundAt, type Check, type Report } from '../../../objects/check.ts';
import { everyPromoter } from '../../../promoters/promoters.ts';
import { kindOf } from '../../../objects/kind.ts';
import { placesOf, valueAt } from '../../../objects/fields.ts';

/**
 * Every object matches the schema of its kind, in a version that all Kubernetes lines of the environment serve; no unknown
 * field. So does every object that a Tekton trigger would make, and every part that a promoter has a schema of its own for.
 */
export const schema: Check = {
  name: 'schema',
  inObject(rendered, report, { validate }) {
    if (validate === undefined) return;
    const { object } = rendered;
    const found = validate(object);
    if (found.length > 0) reportAll(rendered, found, '', report);
    for (const { parts, isFilledIn } of everyPromoter)
      for (const { path, part } of parts?.(object) ?? []) reportAll(rendered, validate(part, isFilledIn), path, report);
    if (kindOf(object) !== 'TriggerTemplate.triggers.tekton.dev') return;
    for (const { fields, path } of placesOf(valueAt(object, 'spec', 'resourcetemplates'), 'spec.resourcetemplates')) {
      reportAll(rendered, validate(fields), path, report);
    }
  },
};

function reportAll(rendered: RenderedObject, findings: readonly SchemaFinding[], path: string, report: Report): void {
  for (const { field, message, given } of findings) {
    report(
      foundAt(
        rendered,
        path === '' ? field : `${path}.${field}`,
        given === undefined ? message : `${message}, got ${given}`,
      ),
    );
  }
}
