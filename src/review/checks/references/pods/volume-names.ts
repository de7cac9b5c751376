import { foundAt, type Check } from '../../../../objects/check.ts';
import { placesOf, textOf, valueAt } from '../../../../objects/fields.ts';
import { suggestion } from '../../../../objects/names/suggestion.ts';

/** Every mount names a volume of its pod, or a claim template of its StatefulSet, and no two mounts share a path. */
export const volumeNames: Check = {
  name: 'volume-names',
  inContainer({ fields, path }, { rendered, volumes }, report) {
    const mounts = placesOf(fields['volumeMounts'], `${path}.volumeMounts`);
    const devices = placesOf(fields['volumeDevices'], `${path}.volumeDevices`);
    if (mounts.length === 0 && devices.length === 0) return;
    const templates = placesOf(valueAt(rendered.object, 'spec', 'volumeClaimTemplates'), '').map((template) =>
      valueAt(template.fields, 'metadata', 'name'),
    );
    const known = [...volumes.map((volume) => volume.fields['name']), ...templates].filter(
      (name) => typeof name === 'string',
    );
    const taken = new Set<string>();
    for (const { fields: mount, path: at } of [...mounts, ...devices]) {
      const name = textOf(mount['name']) ?? '';
      if (!known.includes(name))
        report(foundAt(rendered, `${at}.name`, `the pod has no volume "${name}"; ${suggestion(name, known)}`));
      const target = textOf(mount['mountPath']);
      if (target === undefined) continue;
      if (taken.has(target))
        report(
          foundAt(rendered, `${at}.mountPath`, `two volumes are mounted at "${target}"; give each a path of its own`),
        );
      taken.add(target);
    }
  },
};
