import { foundAt, type Check, type Report } from '../../../../objects/check.ts';
import { fieldsOf } from '../../../../objects/fields.ts';
import type { ObjectIndex } from '../../../../objects/object-index.ts';
import type { Workload } from '../../../../objects/pods/workload.ts';
import { suggestion } from '../../../../objects/names/suggestion.ts';

/** Every ConfigMap that a pod names is there, with the key it asks for; else the pod never starts. */
export const configMaps: Check = {
  name: 'config-maps',
  find({ objects }, report) {
    for (const workload of objects.workloads) inPod(workload, objects, report);
  },
};

function inPod(workload: Workload, objects: ObjectIndex, report: Report): void {
  for (const { kind, name, key, field, keyField } of objects.references(workload)) {
    if (kind !== 'ConfigMap') continue;
    const map = objects.find('ConfigMap', name, workload.namespace);
    if (map === undefined) {
      const known = objects.namesOf('ConfigMap', workload.namespace);
      report(
        foundAt(
          workload.rendered,
          field,
          `there is no ConfigMap "${name}" in this environment; ${suggestion(name, known)}`,
        ),
      );
    } else if (key !== undefined && keyField !== undefined) {
      const keys = Object.keys({ ...fieldsOf(map.object['data']), ...fieldsOf(map.object['binaryData']) });
      if (!keys.includes(key))
        report(
          foundAt(workload.rendered, keyField, `ConfigMap "${name}" has no key "${key}"; ${suggestion(key, keys)}`),
        );
    }
  }
}
