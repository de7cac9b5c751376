import { foundAt, type Check } from '../../../objects/check.ts';
import { fieldPath } from '../../../objects/fields.ts';
import { syncOptions } from '../settings.ts';

/** Claims and volumes are neither pruned nor deleted with their Application: a line removed by mistake must not remove data. */
export const keptData: Check = {
  name: 'kept-data',
  find({ objects }, report) {
    for (const rendered of objects.ofKind('PersistentVolumeClaim', 'PersistentVolume')) {
      const options = (rendered.object.metadata.annotations?.[syncOptions] ?? '')
        .split(',')
        .map((option) => option.trim());
      const missing = ['Prune=false', 'Delete=false'].filter((option) => !options.includes(option));
      if (rendered.application === undefined || missing.length === 0) continue;
      report(
        foundAt(
          rendered,
          fieldPath('metadata.annotations', syncOptions),
          `Argo CD may remove the data with the object; write "Prune=false,Delete=false", got ${options.join() === '' ? 'nothing' : `"${options.join(',')}"`}`,
        ),
      );
    }
  },
};
