import { foundAt, type Check } from '../../../../objects/check.ts';
import { fieldsOf } from '../../../../objects/fields.ts';
import { suggestion } from '../../../../objects/names/suggestion.ts';

/** Every ConfigMap that a pod names is there, with the key it asks for; else the pod never starts. */
export const configMaps: Check = {
  name: 'config-maps',
  inPod(workload, report, { objects }) {
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
  },
};
