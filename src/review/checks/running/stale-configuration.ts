import { foundAt, type Check } from '../../../objects/check.ts';
import { valueAt } from '../../../objects/fields.ts';
import { kindOf } from '../../../objects/kind.ts';
import type { ObjectIndex } from '../../../objects/object-index.ts';

/** When a ConfigMap changes, the pods that read it are rolled: something in their template changes too, such as a checksum. */
export const staleConfiguration: Check = {
  name: 'stale-configuration',
  find({ objects, published }, report) {
    if (published === undefined) return;
    const changed = changedConfigMaps(objects, published);
    if (changed.size === 0) return;
    for (const workload of objects.workloads) {
      if (!workload.lasting) continue;
      const before = published.find(kindOf(workload.rendered.object), workload.name, workload.namespace);
      if (
        before === undefined ||
        template(before.object, workload.templatePath) !== template(workload.rendered.object, workload.templatePath)
      )
        continue;
      const stale = objects
        .references(workload)
        .find(({ kind, name }) => kind === 'ConfigMap' && changed.has(`${workload.namespace}/${name}`));
      if (stale === undefined) continue;
      report(
        foundAt(
          workload.rendered,
          workload.templatePath,
          `ConfigMap "${stale.name}" changes, but nothing in the pod template does, so running pods keep the old configuration; add a checksum of it as an annotation`,
        ),
      );
    }
  },
};

const template = (object: unknown, path: string): string => JSON.stringify(valueAt(object, ...path.split('.')));

function changedConfigMaps(objects: ObjectIndex, published: ObjectIndex): ReadonlySet<string> {
  return new Set(
    objects.ofKind('ConfigMap').flatMap(({ object }) => {
      const namespace = objects.namespaceOf(object);
      const before = published.find('ConfigMap', object.metadata.name, namespace);
      const same =
        before === undefined ||
        JSON.stringify([before.object['data'], before.object['binaryData']]) ===
          JSON.stringify([object['data'], object['binaryData']]);
      return same ? [] : [`${namespace}/${object.metadata.name}`];
    }),
  );
}
