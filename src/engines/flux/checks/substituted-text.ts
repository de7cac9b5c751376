import { foundAt, type Check } from '../../../objects/check.ts';
import { everyText } from '../../../objects/every-text.ts';
import { fieldsOf, itemsOf, valueAt } from '../../../objects/fields.ts';
import type { RenderedObject } from '../../../objects/rendered-object.ts';
import { folderOf } from '../kustomization.ts';

/** Annotation, and label, of an object in which nothing is substituted. */
const mark = 'kustomize.toolkit.fluxcd.io/substitute';

const isLeftAlone = ({ object: { metadata } }: RenderedObject): boolean =>
  metadata.annotations?.[mark] === 'disabled' || metadata.labels?.[mark] === 'disabled';

/** Whether a Kustomization puts values into texts: without a variable it does so only where it is told "Always". */
function substitutes(spec: unknown): boolean {
  const on = fieldsOf(valueAt(spec, 'postBuild'));
  return (
    Object.keys(fieldsOf(on['substitute'])).length > 0 ||
    itemsOf(on['substituteFrom']).length > 0 ||
    on['substituteStrategy'] === 'Always'
  );
}

/**
 * What a Kustomization substitutes into holds no text that only looks like a variable: `${HOME}` of a script would be emptied, `${a[0]}`
 * stops the whole Kustomization, and quotes are lost, so that "123456" becomes a number.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution
 */
export const substitutedText: Check = {
  name: 'substituted-text',
  find({ environment, objects }, report) {
    for (const kustomization of objects.ofKind('Kustomization.kustomize.toolkit.fluxcd.io')) {
      const spec = kustomization.object['spec'];
      if (!substitutes(spec)) continue;
      const path = valueAt(spec, 'path');
      const followed = environment.applications.filter((application) => folderOf(application) === path);
      for (const { name } of followed)
        for (const rendered of objects.all) {
          if (rendered.application !== name || isLeftAlone(rendered)) continue;
          for (const { text, path: field } of everyText(rendered.object)) {
            const found = /\$\{[^}]*\}?/.exec(text);
            if (found === null) continue;
            report(
              foundAt(
                rendered,
                field,
                `Flux would put a value of its own in the place of it; annotate the object with ${mark}: disabled, or write a second $ before it, got ${found[0].slice(0, 40)}`,
              ),
            );
          }
        }
    }
  },
};
