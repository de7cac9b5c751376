import { validateObject } from '../../schema/validate-object.ts';
import { foundAt, type Check } from '../check.ts';

/** Every object matches the schema of its kind, in a version that all Kubernetes lines of the environment serve; no unknown field. */
export const schema: Check = {
  name: 'schema',
  *find({ environment, objects, catalog }) {
    if (catalog === undefined) return;
    const { kubernetes } = environment.cluster;
    for (const rendered of objects.all) {
      for (const { field, message, given } of validateObject(rendered.object, { catalog, kubernetes })) {
        yield foundAt(rendered, field, given === undefined ? message : `${message}, got ${given}`);
      }
    }
  },
};
