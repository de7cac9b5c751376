import { engineOf, usualEngine } from '../../../engines/engines.ts';
import { annotationItems } from '../../../objects/annotation-items.ts';
import { foundAt, type Check } from '../../../objects/check.ts';
import { fieldPath } from '../../../objects/fields.ts';

/** Claims and volumes are neither pruned nor deleted with what follows them: a line removed by mistake must not remove data. */
export const keptData: Check = {
  name: 'kept-data',
  find({ delivery, environment, objects }, report) {
    const { title, marks } = engineOf(delivery, environment.name) ?? usualEngine;
    for (const rendered of objects.ofKind('PersistentVolumeClaim', 'PersistentVolume')) {
      if (rendered.application === undefined) continue;
      for (const [annotation, wanted] of Object.entries(marks.kept)) {
        const items = annotationItems(rendered.object, annotation);
        if (wanted.split(',').every((item) => items.includes(item))) continue;
        report(
          foundAt(
            rendered,
            fieldPath('metadata.annotations', annotation),
            `${title} may remove the data with the object; write "${wanted}", got ${items.length === 0 ? 'nothing' : `"${items.join(',')}"`}`,
          ),
        );
      }
    }
  },
};
