import { foundAt, type Check } from '../../../objects/check.ts';
import { placesOf, textOf, valueAt } from '../../../objects/fields.ts';

/** Kargo promotes by itself only into stages that are named: by a label, whoever may edit a stage lets it in. */
export const autoPromotion: Check = {
  name: 'auto-promotion',
  find({ objects }, report) {
    for (const rendered of objects.ofKind('ProjectConfig.kargo.akuity.io')) {
      for (const { fields, path } of placesOf(
        valueAt(rendered.object, 'spec', 'promotionPolicies'),
        'spec.promotionPolicies',
      )) {
        const name = textOf(fields['stage']) ?? textOf(valueAt(fields, 'stageSelector', 'name'));
        if (fields['autoPromotionEnabled'] !== true || (name !== undefined && !/^(?:glob|regex|regexp):/.test(name)))
          continue;
        report(
          foundAt(
            rendered,
            `${path}.stageSelector`,
            'whoever may edit a stage can let it be promoted without a person; name the stage',
          ),
        );
      }
    }
  },
};
