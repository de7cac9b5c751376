import { foundAt, type Check } from '../check.ts';
import { placesOf, textOf, valueAt } from '../objects/fields.ts';
import { suggestion } from '../objects/suggestion.ts';

/** Every mount names a volume of its pod, or a claim template of its StatefulSet, and no two mounts share a path. */
export const volumeNames: Check = {
  name: 'volume-names',
  *find({ objects }) {
    for (const { rendered, pod, specPath, containers } of objects.workloads) {
      const templates = placesOf(valueAt(rendered.object, 'spec', 'volumeClaimTemplates'), '').map(({ fields }) => valueAt(fields, 'metadata', 'name'));
      const known = [...placesOf(pod['volumes'], `${specPath}.volumes`).map(({ fields }) => fields['name']), ...templates].filter((name) => typeof name === 'string');
      for (const { fields, path } of containers) {
        const taken = new Set<string>();
        const mounts = [...placesOf(fields['volumeMounts'], `${path}.volumeMounts`), ...placesOf(fields['volumeDevices'], `${path}.volumeDevices`)];
        for (const { fields: mount, path: at } of mounts) {
          const name = textOf(mount['name']) ?? '';
          if (!known.includes(name)) yield foundAt(rendered, `${at}.name`, `the pod has no volume "${name}"; ${suggestion(name, known)}`);
          const target = textOf(mount['mountPath']);
          if (target === undefined) continue;
          if (taken.has(target)) yield foundAt(rendered, `${at}.mountPath`, `two volumes are mounted at "${target}"; give each a path of its own`);
          taken.add(target);
        }
      }
    }
  },
};
