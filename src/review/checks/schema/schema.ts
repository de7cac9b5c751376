import type { RenderedObject } from '../../../render/rendered-environment.ts';
import { validateObject, type ValidateObjectOptions } from '../../schema/validate-object.ts';
import { foundAt, type Check } from '../check.ts';
import { placesOf, valueAt, type Fields } from '../objects/fields.ts';

/**
 * Every object matches the schema of its kind, in a version that all Kubernetes lines of the environment serve; no unknown
 * field. So does every object that a Tekton trigger would make.
 */
export const schema: Check = {
  name: 'schema',
  *find({ environment, objects, catalog }) {
    if (catalog === undefined) return;
    const { kubernetes } = environment.cluster;
    for (const rendered of objects.all) {
      yield* problems(rendered, rendered.object, '', { catalog, kubernetes });
    }
    for (const rendered of objects.ofKind('TriggerTemplate.triggers.tekton.dev')) {
      for (const { fields, path } of placesOf(valueAt(rendered.object, 'spec', 'resourcetemplates'), 'spec.resourcetemplates')) {
        yield* problems(rendered, fields, path, { catalog, kubernetes });
      }
    }
  },
};

function* problems(rendered: RenderedObject, object: Fields, path: string, options: ValidateObjectOptions) {
  for (const { field, message, given } of validateObject(object, options)) {
    yield foundAt(rendered, path === '' ? field : `${path}.${field}`, given === undefined ? message : `${message}, got ${given}`);
  }
}
