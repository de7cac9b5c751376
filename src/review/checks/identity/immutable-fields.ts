import { foundAt, type Check } from '../../../objects/check.ts';
import { isClusterScoped, kindOf } from '../../../objects/kind.ts';
import { engineOf } from '../../../engines/engines.ts';
import { immutableChanges } from '../../../objects/immutable-changes.ts';

/** No field that the API server refuses to change differs from what is published: the object would have to be re-created. */
export const immutableFields: Check = {
  name: 'immutable-fields',
  find({ delivery, environment, objects, published }, report) {
    if (published === undefined) return;
    for (const rendered of objects.all) {
      const kind = kindOf(rendered.object);
      const namespace = isClusterScoped(kind) ? undefined : objects.namespaceOf(rendered.object);
      const before = published.find(kind, rendered.object.metadata.name, namespace);
      if (before === undefined || engineOf(delivery, environment.name)?.remakes(rendered.object) === true) continue;
      for (const { field, from, to, advice } of immutableChanges(
        before.object,
        rendered.object,
        environment.cluster.kubernetes.oldest,
      )) {
        report(
          foundAt(
            rendered,
            field,
            `would have to be re-created: ${rendered.object.kind} "${rendered.object.metadata.name}" is published with ${from}, got ${to}; ${advice}`,
          ),
        );
      }
    }
  },
};
