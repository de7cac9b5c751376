import { foundAt, type Check } from '../../../../objects/check.ts';
import { claimsOf } from '../../../../objects/pods/claims.ts';
import { textOf, textsOf, valueAt } from '../../../../objects/fields.ts';
import { quantityOf } from '../../../../objects/quantity.ts';
import { suggestion } from '../../../../objects/names/suggestion.ts';

/** A claim that names its volume names one that exists and fits: class, size and access mode; else it stays Pending. */
export const persistentVolumes: Check = {
  name: 'persistent-volumes',
  find({ objects }, report) {
    for (const { rendered, path, spec, accessModes } of new Set(claimsOf(objects).values())) {
      const name = textOf(spec['volumeName']);
      if (name === undefined || name === '') continue;
      const volume = objects.find('PersistentVolume', name);
      if (volume === undefined) {
        report(
          foundAt(
            rendered,
            `${path}.volumeName`,
            `there is no PersistentVolume "${name}" in this environment; ${suggestion(name, objects.namesOf('PersistentVolume'))}`,
          ),
        );
        continue;
      }
      const offered = valueAt(volume.object, 'spec');
      const volumeClass = textOf(valueAt(offered, 'storageClassName')) ?? '';
      const claimClass = textOf(spec['storageClassName']) ?? '';
      if (volumeClass !== claimClass) {
        report(
          foundAt(
            rendered,
            `${path}.storageClassName`,
            `must be the class of PersistentVolume "${name}"; write "${volumeClass}", got "${claimClass}"`,
          ),
        );
      }
      const capacity = textOf(valueAt(offered, 'capacity', 'storage'));
      const asked = textOf(valueAt(spec, 'resources', 'requests', 'storage'));
      if ((quantityOf(asked) ?? 0) > (quantityOf(capacity) ?? 0)) {
        report(
          foundAt(
            rendered,
            `${path}.resources.requests.storage`,
            `asks for more than PersistentVolume "${name}" holds; write at most ${capacity ?? '0'}, got ${asked ?? '0'}`,
          ),
        );
      }
      const modes = textsOf(valueAt(offered, 'accessModes'));
      for (const mode of accessModes) {
        if (!modes.includes(mode))
          report(
            foundAt(
              rendered,
              `${path}.accessModes`,
              `PersistentVolume "${name}" does not offer ${mode}; ${suggestion(mode, modes)}`,
            ),
          );
      }
    }
  },
};
