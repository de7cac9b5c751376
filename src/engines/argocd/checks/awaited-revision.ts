import { foundAt, type Check } from '../../../objects/check.ts';
import { itemsOf, placesOf, valueAt } from '../../../objects/fields.ts';

const steps: Readonly<Record<string, readonly string[]>> = {
  'PromotionTask.kargo.akuity.io': ['spec', 'steps'],
  'ClusterPromotionTask.kargo.akuity.io': ['spec', 'steps'],
  'Stage.kargo.akuity.io': ['spec', 'promotionTemplate', 'spec', 'steps'],
};

/** Kargo's update of an Application names the commit that it waits for: else "healthy" may be said of the release before. */
export const awaitedRevision: Check = {
  name: 'awaited-revision',
  find({ objects }, report) {
    for (const [kind, keys] of Object.entries(steps)) {
      for (const rendered of objects.ofKind(kind)) {
        for (const { fields, path } of placesOf(valueAt(rendered.object, ...keys), keys.join('.'))) {
          if (fields['uses'] !== 'argocd-update') continue;
          for (const app of placesOf(valueAt(fields, 'config', 'apps'), `${path}.config.apps`)) {
            if (itemsOf(app.fields['sources']).some((source) => valueAt(source, 'desiredRevision') !== undefined))
              continue;
            report(
              foundAt(
                rendered,
                `${app.path}.sources`,
                'the health of any revision counts as that of this promotion; name the commit as desiredRevision',
              ),
            );
          }
        }
      }
    }
  },
};
